/** How each knee is drawn, and what the numbered lines across the figures mean. */
import type { Period } from "../../runs/trend"
import type { KneeTrend } from "../trends/knee-trend"
import { periodWords, type VersionMark } from "../trends/span"

interface TrendKeyProps {
  knees: readonly KneeTrend[]
  marks: readonly VersionMark[]
  period: Period
}

/** As many as the style sheet and the plot tell apart. */
const KNEE_STYLES = 3

export function TrendKey({ knees, marks, period }: TrendKeyProps) {
  return (
    <section class="panel" aria-label="Key">
      <ul class="knees">
        {knees.map(({ name }, knee) => (
          <li key={name}>
            <svg class={`knee-sample knee-${knee % KNEE_STYLES}`} viewBox="0 0 44 10" aria-hidden="true">
              <path d="M1 5H43" />
              <circle cx="22" cy="5" r="4" />
            </svg>
            {name}
          </li>
        ))}
      </ul>
      <p class="soft">A {period} without a run has no point.</p>
      {marks.length > 0 && (
        <ol class="version-marks">
          {marks.map(({ startDay, words }) => (
            <li key={startDay}>
              {periodWords(startDay, period)}. {words.join(" ")}
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
