/** The device has learnt from bends how it sits: one bend more shows it. */
import { hashOf } from "../route"
import { useAppState } from "../use-app"
import { useLive } from "../use-live"
import { KneeGauge } from "./knee-gauge"
import { Panel } from "./panel"

export function CalibrationDone({ again }: { again: () => void }) {
  useLive()
  const live = useAppState((state) => state.link.live)
  const thresholdDeg = useAppState((state) => state.link.settings?.thresholdDeg)
  return (
    <Panel id="step" title="Done: it knows how it sits">
      <p role="status">The device has heard your three bends. You can run.</p>
      {thresholdDeg !== undefined && (
        <>
          <p class="soft">Bend once more to see it: standing is about 0°.</p>
          <KneeGauge
            kneeDeg={live?.isCalibrated ? live.angles.at(-1)?.kneeDeg : undefined}
            lastPeakDeg={0}
            thresholdDeg={thresholdDeg}
            meaning="your threshold"
          />
        </>
      )}
      <div class="buttons">
        <a class="button primary" href={hashOf({ screen: "live" })}>
          To the run
        </a>
        <button type="button" onClick={again}>
          Calibrate again
        </button>
      </div>
    </Panel>
  )
}
