/** How far it is, and what happens when: the scenario's events and what was done by hand. */

import { clock } from "../../number-words"
import type { TimedAction } from "../../simulation/action"
import { actionWords } from "../../simulation/action-words"
import { usePage } from "../use-page"

const NOTHING: readonly TimedAction[] = []

export function TimeLine() {
  const startS = usePage((state) => state.playing?.startS ?? 0)
  const timeS = usePage((state) => Math.max(0, state.timeS - startS))
  const durationS = usePage((state) => state.playing?.durationS ?? 0)
  const events = usePage((state) => state.playing?.events ?? NOTHING)
  const done = usePage((state) => state.done)
  const share = durationS > 0 ? Math.min(1, timeS / durationS) : 0
  const marks = [
    ...events.map((action) => ({ action, by: "scenario" })),
    ...done.map((action) => ({ action, by: "hand" })),
  ]
  return (
    <div class="time-line">
      <div
        class="track"
        role="progressbar"
        aria-label="Time played"
        aria-valuemin={0}
        aria-valuemax={Math.round(durationS)}
        aria-valuenow={Math.round(Math.min(timeS, durationS))}
        aria-valuetext={`${clock(Math.min(timeS, durationS))} of ${clock(durationS)}`}
      >
        <div class="played" style={{ transform: `scaleX(${share})` }} />
        {marks.map(({ action, by }, index) => (
          <span
            key={index}
            class={`mark by-${by}`}
            title={`${clock(action.atS)} ${actionWords(action)}`}
            style={{
              left: `${durationS > 0 ? Math.min(100, (100 * (action.atS - startS)) / durationS) : 0}%`,
            }}
          />
        ))}
      </div>
      <p class="times">
        <span>
          <Reached /> {clock(Math.min(timeS, durationS))} of {clock(durationS)}
          {timeS > durationS && <span class="soft">, then {clock(timeS - durationS)} to close the run</span>}
        </span>
      </p>
      {marks.length > 0 && (
        <details class="marks">
          <summary>{marks.length === 1 ? "1 event" : `${marks.length} events`} on the time line</summary>
          <ul>
            {marks.map(({ action, by }, index) => (
              <li key={index}>
                {clock(action.atS)} {actionWords(action)}
                {by === "hand" && " (by hand)"}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}

/** A machine that is not as fast as it was asked to be says so. */
function Reached() {
  const speed = usePage((state) => state.speed)
  const reached = usePage((state) =>
    state.phase === "running" ? Math.round(state.reachedSpeed * 10) / 10 : 0,
  )
  const isSlow = typeof speed === "number" && reached > 0 && reached < 0.9 * speed
  if (reached === 0 || !(speed === "most" || isSlow)) return null
  return (
    <span class="soft">
      {speed === "most" ? "" : "as fast as this machine can: "}
      {reached >= 10 ? Math.round(reached) : reached}× ·
    </span>
  )
}
