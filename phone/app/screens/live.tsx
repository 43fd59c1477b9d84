/** What the knee does now, to be read at a glance while running. */
import { StatusFlag } from "../../../src/ble/layouts"
import { isConnected } from "../../link/link-state"
import { peakErrorDeg } from "../../runs/measuring"
import { oneDigit } from "../../runs/number-words"
import { activityWords } from "../../runs/run-marks"
import { clockWords } from "../duration-words"
import { FailureNotice } from "../parts/failure-notice"
import { KneeGauge } from "../parts/knee-gauge"
import { KneeTrace } from "../parts/knee-trace"
import { NotConnected } from "../parts/not-connected"
import { RunControls } from "../parts/run-controls"
import { Screen } from "../parts/screen"
import { ProvisionalNote, WearNotice } from "../parts/wear-notice"
import { useAppState } from "../use-app"
import { useLive, useLostSince } from "../use-live"
import { useWakeLock } from "../use-wake-lock"

const MS_PER_S = 1000

export function LiveScreen() {
  const isOn = useAppState((state) => isConnected(state.link))
  const lostSinceMs = useLostSince()
  return (
    <Screen title="Live">
      {isOn ? (
        <Live />
      ) : (
        <NotConnected
          sinceMs={lostSinceMs}
          purpose="While your device is connected, you see here what your knee does. A run is counted on the device without this phone, too."
        />
      )}
    </Screen>
  )
}

function Live() {
  const trace = useLive()
  const live = useAppState((state) => state.link.live)
  const flags = useAppState((state) => state.link.status?.flags ?? 0)
  const thresholdDeg = useAppState((state) => state.link.settings?.thresholdDeg)
  const failure = useAppState((state) => state.link.failure)
  const isKept = useWakeLock()
  const isRunOpen = live?.isRunOpen ?? (flags & StatusFlag.runOpen) !== 0
  const kneeDeg = live?.isCalibrated ? live.angles.at(-1)?.kneeDeg : undefined
  return (
    <>
      <WearNotice />
      <div class="outcome" role="status">
        {!live && failure?.kind === "refused" && <FailureNotice failure={failure} />}
      </div>
      <section class="panel live" aria-labelledby="knee">
        <h2 id="knee">{live ? `Knee, ${activityWords(live.activity)}` : "Knee"}</h2>
        {thresholdDeg !== undefined && (
          <KneeGauge
            kneeDeg={kneeDeg}
            lastPeakDeg={live?.lastPeakDeg ?? 0}
            thresholdDeg={thresholdDeg}
            meaning="your threshold"
          />
        )}
        <Figures
          strides={live?.strides ?? 0}
          compressions={live?.compressions ?? 0}
          lastPeakDeg={live?.lastPeakDeg ?? 0}
          cadenceSpm={trace.cadenceSpm}
          run={isRunOpen ? trace.run : undefined}
        />
        {thresholdDeg !== undefined && <KneeTrace trace={trace} thresholdDeg={thresholdDeg} />}
        <p class="soft">
          The deepest loaded bend of a stride is off by {oneDigit(peakErrorDeg(wornBy(flags)))}° on average.
          Strides and compressions are those of this leg in this run.
        </p>
      </section>
      <ProvisionalNote />
      <RunControls isRunOpen={isRunOpen} />
      {isKept === false && (
        <p class="soft">
          This browser cannot keep the screen on now. Your phone may switch it off; the device counts on.
        </p>
      )}
    </>
  )
}

interface FiguresProps {
  strides: number
  compressions: number
  lastPeakDeg: number
  cadenceSpm: number | undefined
  run: { durationMs: number; isWhole: boolean } | undefined
}

function Figures({ strides, compressions, lastPeakDeg, cadenceSpm, run }: FiguresProps) {
  return (
    <dl class="live-figures">
      <div>
        <dt>{run?.isWhole === false ? "run, since you look" : "run"}</dt>
        <dd>{run ? clockWords(run.durationMs / MS_PER_S) : "none"}</dd>
      </div>
      <div>
        <dt>steps a minute</dt>
        <dd>{cadenceSpm === undefined ? "–" : Math.round(cadenceSpm)}</dd>
      </div>
      <div>
        <dt>strides</dt>
        <dd>{strides}</dd>
      </div>
      <div>
        <dt>compressions</dt>
        <dd>{compressions}</dd>
      </div>
      <div>
        <dt>last stride, deepest</dt>
        <dd>{lastPeakDeg > 0 ? `${Math.round(lastPeakDeg)}°` : "–"}</dd>
      </div>
    </dl>
  )
}

function wornBy(flags: number): "one" | "taught" | "two" {
  if ((flags & StatusFlag.shankMeasuring) !== 0) return "two"
  return (flags & StatusFlag.taught) !== 0 ? "taught" : "one"
}
