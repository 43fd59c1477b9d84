/** The step of a calibration in which the wearer bends, and waits for the device's answer. */
import { useEffect, useState } from "preact/hooks"
import { CALIBRATION_WORDS, type CalibrationState } from "../status-words"
import { LegDrawing } from "./leg-drawing"
import { Panel } from "./panel"

/** Three bends of eight seconds, with standing between them. */
const PATIENCE_MS = 30_000

interface CalibrationBendsProps {
  /** Undefined without a connection. */
  calibration: CalibrationState | undefined
  back: () => void
}

export function CalibrationBends({ calibration, back }: CalibrationBendsProps) {
  const [isLong, setIsLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setIsLong(true), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <Panel id="step" title="3 of 3: Three small knee bends">
      <div class="calibrate-step">
        <LegDrawing
          kneeDeg={50}
          label="A leg from the side in a small knee bend: the heel on the ground, the knee over the toes."
        />
        <div>
          <p>
            <strong>Three, slowly:</strong> one to eight seconds each. The heels stay on the ground, the knees
            over the toes. Between them stand as before.
          </p>
          <p>
            After the third, <strong>two short buzzes</strong>: it knows how it sits.
          </p>
        </div>
      </div>
      {calibration !== undefined && (
        <p class="waiting" role="status">
          {calibration === "steps" ? CALIBRATION_WORDS.steps : "The device waits for your three bends."}
        </p>
      )}
      <details open={isLong}>
        <summary>No two buzzes?</summary>
        <ul class="reasons">
          <li>Stand still before the first: a second and a half in which nothing moves.</li>
          <li>
            Bend so far that the thigh leans by 15° to 75°, in about a second or more, and eight at most.
          </li>
          <li>Take no step and do not sit down in between: bends before that do not count.</li>
          <li>
            Just run, if it does not come: the device then learns from your steps, a little less exactly.
          </li>
        </ul>
      </details>
      <button type="button" onClick={back}>
        Back: stand still again
      </button>
    </Panel>
  )
}
