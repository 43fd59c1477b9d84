/** What has to be known about how the device sits, beside whatever it measures. */
import { StatusFlag } from "../../../src/ble/layouts"
import { hashOf } from "../route"
import { CALIBRATION_WORDS, calibrationOf, troubles } from "../status-words"
import { useAppState } from "../use-app"

export function WearNotice() {
  const status = useAppState((state) => state.link.status)
  if (!status) return null
  const calibration = calibrationOf(status)
  const hasSlipped = (status.flags & StatusFlag.strapShifted) !== 0
  return (
    <>
      {troubles(status).map(({ happened, toDo }) => (
        <div class="notice" key={happened}>
          <p>
            <strong>{happened}</strong> {toDo}
          </p>
        </div>
      ))}
      {hasSlipped && (
        <div class="notice">
          <p>
            <strong>The strap has slipped.</strong> The device has turned its measure along. Tighten the strap
            when you stop, then calibrate again.
          </p>
        </div>
      )}
      {calibration === "none" && (
        <div class="notice">
          <p>
            {CALIBRATION_WORDS.none} Until it does, there is no angle. Just run, or do three small knee bends.
          </p>
          <CalibrateLink />
        </div>
      )}
    </>
  )
}

/** Good enough to count by, so it is said below. */
export function ProvisionalNote() {
  const status = useAppState((state) => state.link.status)
  if (!status || calibrationOf(status) !== "steps") return null
  return (
    <div class="panel">
      <p>{CALIBRATION_WORDS.steps}</p>
      <CalibrateLink />
    </div>
  )
}

function CalibrateLink() {
  return (
    <a class="button" href={hashOf({ screen: "calibrate" })}>
      Calibrate
    </a>
  )
}
