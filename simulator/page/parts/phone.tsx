/** A plain phone of the wearer's: what it read from the device over Bluetooth, and the runs that it keeps. */

import { airHash } from "../../../phone/link/air-messages"
import { DEPTH_BANDS_DEG } from "../../../src/run/summary"
import { clock, count } from "../../number-words"
import { COMPANION_PATH, type PhoneRun, type PhoneView } from "../../serve/messages"
import { usePage } from "../use-page"

const LINK_WORDS = {
  connected: "connected",
  "out of reach": "out of reach",
  companion: "the companion is connected",
  none: "not connected",
} as const

export function Phone() {
  const phone = usePage((state) => state.phone)
  return (
    <section class="phone-place" aria-labelledby="phone">
      <div class="phone-head">
        <h2 id="phone">Phone</h2>
        <CompanionLink />
      </div>
      <div class="phone">
        <div class="phone-screen">
          {phone ? <Screen phone={phone} /> : <p class="note">No device yet.</p>}
        </div>
      </div>
    </section>
  )
}

/** In a tab of its own: the app that a wearer has, at this page's device. */
function CompanionLink() {
  const air = usePage((state) => state.air)
  if (air === undefined) return null
  return (
    <a
      href={`${COMPANION_PATH}${airHash(air)}`}
      target="_blank"
      rel="noopener"
      title="The app for runners, at this simulated device. To pair, press the button under “What if …”"
    >
      Open the companion
    </a>
  )
}

/** What somebody has to know who uses the companion meanwhile. */
function CompanionNote() {
  const isPaused = usePage(({ phase }) => phase === "paused" || phase === "ready")
  const isPlayed = usePage(
    ({ playing, timeS }) => playing !== undefined && timeS > playing.startS + playing.durationS,
  )
  return (
    <>
      <p class="note">A device has one link at a time: this phone comes back when the companion leaves.</p>
      {isPlayed && <p class="note">The motion is over. The device is worn until the companion leaves.</p>}
      {isPaused && (
        <p class="note">It is paused: the companion can read, but hears nothing new until you go on.</p>
      )}
    </>
  )
}

function Screen({ phone }: { phone: PhoneView }) {
  const { link, asOfS, batteryPercent, charging, isRunOpen, compressions, strides, syncing, runs } = phone
  const newest = runs.at(-1)
  const isUp = link === "connected" || link === "companion"
  return (
    <>
      <p class="phone-bar">
        <span class={`link-state ${isUp ? "up" : "down"}`}>{LINK_WORDS[link]}</span>
        <span>{asOfS === undefined ? "" : `${batteryPercent} %${charging ? ", charging" : ""}`}</span>
      </p>
      {link === "companion" && <CompanionNote />}
      <div class={`live-count ${isRunOpen ? "is-open" : ""}`}>
        <strong>{isRunOpen ? compressions : "–"}</strong>
        <span>{isRunOpen ? `compressions in ${count(strides, "stride", "strides")}` : "no run is open"}</span>
        {isRunOpen && link !== "connected" && asOfS !== undefined && (
          <span class="soft">as of {clock(asOfS)}</span>
        )}
      </div>
      {!phone.calibrated && asOfS !== undefined && (
        <p class="note">Not calibrated: stand still, then three slow small knee bends.</p>
      )}
      {syncing && (
        <label class="sync">
          <span>
            Fetching runs: {syncing.done} of {syncing.of}
          </span>
          <progress max={syncing.of} value={syncing.done} />
        </label>
      )}
      {newest ? <RunCard run={newest} /> : <p class="note">No run on this phone yet.</p>}
      {runs.length > 1 && (
        <details>
          <summary>{count(runs.length - 1, "older run", "older runs")}</summary>
          <ul class="older-runs">
            {runs
              .slice(0, -1)
              .reverse()
              .map((run) => (
                <li key={run.id}>
                  Run {run.id}: {clock(run.durationS)}, {count(run.strides, "stride", "strides")},{" "}
                  {run.compressions} past {run.thresholdDeg}°
                </li>
              ))}
          </ul>
        </details>
      )}
      {newest && (
        <details>
          <summary>The summary as any scanner app shows it</summary>
          <p class="summary-text">{phone.summaryText}</p>
        </details>
      )}
    </>
  )
}

function RunCard({ run }: { run: PhoneRun }) {
  const most = Math.max(1, ...Object.values(run.compressionsByDepth))
  return (
    <article class="run-card" aria-label={`Run ${run.id}`}>
      <h3>
        Run {run.id} <span>{clock(run.durationS)}</span>
      </h3>
      <dl>
        <Row name="strides" value={run.strides} />
        <Row name={`past ${run.thresholdDeg}°`} value={run.compressions} />
        <Row name="half deeper than" value={`${Math.round(run.peakFlexionMedianDeg)}°`} />
        <Row name="steps a minute" value={Math.round(run.cadenceSpm)} />
        <Row name="load" value={Math.round(run.load)} />
        <Row name="buzzes" value={run.buzzes} />
      </dl>
      <ul class="mini-bars">
        {DEPTH_BANDS_DEG.map((deg) => {
          const times = run.compressionsByDepth[deg] ?? 0
          return (
            <li key={deg}>
              <span class="mini-bar" style={{ transform: `scaleY(${times / most})` }} />
              <span class="mini-number">{times}</span>
              <span class="mini-deg">
                <span class="hidden">times past </span>
                {deg}°
              </span>
            </li>
          )
        })}
      </ul>
    </article>
  )
}

function Row({ name, value }: { name: string; value: string | number }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
