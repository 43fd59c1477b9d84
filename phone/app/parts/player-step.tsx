/** The step that the device plays: its drawing and words, and how far it is, large enough for an arm's length. */
import type { WrittenStep } from "../../../routines/written-routine"
import { doneWords, partWords } from "../coach/coach-words"
import { RoutineDrawing } from "../coach/routine-drawing"
import { placeInStep, type StepPlace, spokenAt } from "../coach/step-place"
import { useAppState } from "../use-app"
import type { CoachLook } from "../use-coach"
import { useLive } from "../use-live"
import { useSpoken } from "../use-spoken"
import { useTicking } from "../use-ticking"
import { BreathCircle } from "./breath-circle"
import { KneeGauge } from "./knee-gauge"

const MS_PER_S = 1000
const CDEG_PER_DEG = 100

interface PlayerStepProps {
  step: WrittenStep
  /** "Step 2 of 4" */
  place: string
  look: CoachLook
  countsAloud: boolean
}

export function PlayerStep({ step, place, look, countsAloud }: PlayerStepProps) {
  const { title, words, drawing, optional, kind, depthDeg } = step
  const nowMs = useTicking()
  const at = placeInStep(step, look.value.stepMs + Math.max(0, nowMs - look.atMs))
  useSpoken(countsAloud && at ? spokenAt(step, at) : undefined)
  return (
    <section class="panel player-step" aria-labelledby="step">
      <p class="soft">
        {place}
        {optional && ", only if you want to"}
      </p>
      <h2 id="step">{title}</h2>
      {at && <TimedFigures step={step} at={at} />}
      {depthDeg !== undefined && <BendFigures step={step} depthDeg={depthDeg} look={look} />}
      {kind === "breathe" && at ? (
        <BreathCircle part={at.part} share={at.share} />
      ) : (
        <RoutineDrawing name={drawing} />
      )}
      <p class="player-words">{words}</p>
    </section>
  )
}

function TimedFigures({ step, at }: { step: WrittenStep; at: StepPlace }) {
  const isCounted = step.kind === "pace" || step.kind === "count"
  const done = doneWords(step, at.done)
  if (isCounted) return <p class="player-now">{done}</p>
  return (
    <>
      <p class="player-now">
        {partWords(step, at.part)} <span class="player-left">{Math.ceil(at.leftMs / MS_PER_S)} s</span>
      </p>
      {done !== "" && <p class="player-done">{done}</p>}
    </>
  )
}

interface BendFiguresProps {
  step: WrittenStep
  depthDeg: number
  look: CoachLook
}

function BendFigures({ step, depthDeg, look: { value } }: BendFiguresProps) {
  useLive()
  const live = useAppState((state) => state.link.live)
  const kneeDeg = live?.isCalibrated ? live.angles.at(-1)?.kneeDeg : undefined
  const lastDeg = value.depthCdeg / CDEG_PER_DEG
  return (
    <>
      <p class="player-now">{doneWords(step, value.repeat)}</p>
      <KneeGauge
        kneeDeg={kneeDeg}
        lastPeakDeg={lastDeg}
        thresholdDeg={depthDeg}
        meaning="the depth asked for"
      />
      <p class="player-done">
        {lastDeg > 0
          ? `Last bend ${Math.round(lastDeg)}°, asked for ${depthDeg}°`
          : `Asked for: ${depthDeg}°`}
      </p>
    </>
  )
}
