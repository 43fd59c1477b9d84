/** When the device buzzed, and when it hurt, with the names that the drawing has. */
import type { PainMark } from "../../runs/run-marks"
import type { RunView } from "../../runs/run-view"
import { clockWords } from "../duration-words"
import { depthWords, wholeWords } from "../figure-words"

export function Buzzes({ run }: { run: RunView }) {
  if (run.buzzes.length === 0) return <p class="soft">The device did not buzz.</p>
  return (
    <ul class="moments">
      {run.buzzes.map(({ atS, reasonWords, afterWords }, index) => (
        <li key={`${atS} ${reasonWords}`}>
          <strong>
            B{index + 1}, {clockWords(atS)}
          </strong>{" "}
          {reasonWords}. <span class="soft">{afterWords}</span>
        </li>
      ))}
    </ul>
  )
}

export function PainMarks({ run }: { run: RunView }) {
  const { pains, painsDropped } = run
  if (pains.length === 0) return <p class="soft">You marked no pain in this run.</p>
  return (
    <>
      <ul class="moments">
        {pains.map((pain, index) => (
          <li key={`${pain.atS} ${pain.load}`}>
            <strong>
              P{index + 1}, {clockWords(pain.atS)}
            </strong>{" "}
            {painWords(pain, run.peak.errorDeg)}
          </li>
        ))}
      </ul>
      {painsDropped > 0 && (
        <p class="soft">The device had no room for {painsDropped} more. It knows only how many they were.</p>
      )}
    </>
  )
}

/** Without what the knee did after it. */
export function buzzList({ buzzes }: RunView): string {
  if (buzzes.length === 0) return "The device did not buzz."
  const list = buzzes.map(
    ({ atS, reasonWords }, index) => `B${index + 1}, ${clockWords(atS)}: ${reasonWords}`,
  )
  return `${list.join("; ")}.`
}

function painWords(pain: PainMark, errorDeg: number): string {
  const { load, activityWords, sourceWords } = pain
  return `${activityWords}, ${flexionWords(pain, errorDeg)}, load so far ${wholeWords(load)}, ${sourceWords}.`
}

/** The error band is that of a stride's deepest bend. */
function flexionWords({ strideDeg, kneeDeg }: PainMark, errorDeg: number): string {
  if (strideDeg !== undefined) return `last stride bent to ${depthWords(strideDeg, errorDeg)}`
  return kneeDeg === undefined ? "bend not known" : `knee at about ${Math.round(kneeDeg)}°`
}
