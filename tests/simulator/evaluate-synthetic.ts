/**
 * A made-up session whose truth is known exactly: two bouts of running at 200 Hz, thigh and knee as the mean curves at
 * 2.5 m/s (Fourier series after Fukuchi, Fukuchi & Duarte 2017, PeerJ 5:e3298), with standing between. And its perfect trace.
 */
import type { TraceColumns } from "../../simulator/evaluate/delay"
import type { SessionTruth, TruthBout, TruthColumns } from "../../simulator/evaluate/truth"

export const RATE_HZ = 200
export const STRIDE_S = 0.75
const CONTACT_S = 0.275
/** Whole periods, so that every stance begins on a row. */
const BOUTS = [
  { startS: 5, strides: 40 },
  { startS: 40, strides: 24 },
] as const
const DURATION_S = 65
const FADE_S = 1
const KNEE = [44.21, [-12.31, -25.01], [-14.72, 19.0], [-3.31, 1.82], [-0.63, 1.05]] as const
const THIGH = [13.16, [17.93, -12.16], [-5.88, 5.18], [-1.93, 1.32], [0.05, 0.4]] as const

function curve([mean, ...harmonics]: typeof KNEE | typeof THIGH, share: number): number {
  return harmonics.reduce((sum, [cosine, sine], i) => {
    const angle = 2 * Math.PI * (i + 1) * share
    return sum + cosine * Math.cos(angle) + sine * Math.sin(angle)
  }, mean as number)
}

/** What the leg does at any instant, between the rows too: the angles fade in before a bout and out after it. */
function motionAt(timeS: number) {
  for (const { startS, strides } of BOUTS) {
    const endS = startS + strides * STRIDE_S
    const outsideS = Math.max(startS - timeS, timeS - endS, 0)
    if (outsideS >= FADE_S) continue
    const share = (((timeS - startS) / STRIDE_S) % 1) + (timeS < startS ? 1 : 0)
    const fade = 1 - outsideS / FADE_S
    const running = timeS >= startS && timeS < endS ? 1 : 0
    const loaded = running === 0 || share < CONTACT_S / STRIDE_S ? 1 : 0
    return {
      kneeDeg: fade * curve(KNEE, share),
      thighDeg: fade * curve(THIGH, share),
      stance: loaded,
      running,
    }
  }
  return { kneeDeg: 0, thighDeg: 0, stance: 1, running: 0 }
}

export function truthColumns(): TruthColumns {
  const timeS = Array.from({ length: DURATION_S * RATE_HZ }, (_, row) => row / RATE_HZ)
  // Half a microsecond later, so that an event on a row is in that row whatever the rounding.
  const motion = timeS.map((time) => motionAt(time + 5e-7))
  return {
    timeS,
    kneeDeg: motion.map((now) => now.kneeDeg),
    thighDeg: motion.map((now) => now.thighDeg),
    stance: motion.map((now) => now.stance),
    running: motion.map((now) => now.running),
  }
}

/** A device that knows everything, `delayS` late, at a rate of its own. */
export function perfectTrace(
  delayS: number,
  rateHz = RATE_HZ,
): {
  [Column in keyof Omit<TraceColumns, "countedPeaks">]: number[]
} {
  const timeS = Array.from({ length: DURATION_S * rateHz }, (_, row) => row / rateHz)
  const motion = timeS.map((time) => motionAt(time - delayS + 5e-7))
  return {
    timeS,
    kneeDeg: motion.map((now) => now.kneeDeg),
    thighDeg: motion.map((now) => now.thighDeg),
    stance: motion.map((now) => now.stance),
  }
}

/** Compressions that look like a runner's: all past 30°, few past 50°. */
export function truthBout(startS: number, strides: number): TruthBout {
  const stances = Array.from({ length: strides }, (_, i) => {
    const contactS = startS + i * STRIDE_S
    return { startS: contactS, endS: contactS + CONTACT_S, peakDeg: stancePeakDeg(contactS) }
  })
  return {
    startS,
    endS: startS + (strides - 1) * STRIDE_S + CONTACT_S,
    strides,
    rampSteps: 2,
    cadenceSpm: 160,
    peakMedianDeg: 44,
    compressions: [strides, strides, strides / 2, strides / 4, 0],
    stances,
  }
}

function stancePeakDeg(contactS: number): number {
  const rows = Math.round(CONTACT_S * RATE_HZ)
  return Math.max(
    ...Array.from({ length: rows }, (_, row) => motionAt(contactS + row / RATE_HZ + 5e-7).kneeDeg),
  )
}

export function sessionTruth(): SessionTruth {
  return {
    session: "S01",
    split: "dev",
    seed: 1001,
    bouts: BOUTS.map(({ startS, strides }) => truthBout(startS, strides)),
  }
}

/** Bell-shaped noise of SD 1, the same in every run of the tests (multiply-with-carry, Box–Muller). */
export function noise(): () => number {
  let state = 12345
  const uniform = () => {
    state = (state * 69069 + 1) % 2 ** 32
    return (state + 0.5) / 2 ** 32
  }
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())
}
