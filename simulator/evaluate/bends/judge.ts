/**
 * The bends that the coach's watch (src/coach/bend-watch.ts) finds in a trace, against the bends of the truth: how often each was counted, how deep it
 * was told, and what was counted where nobody bent. Times in s of recording time, angles in degrees.
 */
import { BendWatch } from "../../../src/coach/bend-watch"
import { BendNews } from "../../../src/coach/player-port"
import type { Recording } from "../../recording/recording"
import type { Trace } from "../../trace"

export interface TrueBend {
  startS: number
  endS: number
  peakDeg: number
}
export interface FoundBend extends TrueBend {
  halts: number
}

/** A part of a recording in which bends of one kind are made. */
export interface BendPart {
  kind: string
  fromS: number
  toS: number
}

export interface JudgedBend {
  kind: string
  trueDeg: number
  /** Of each time that it was counted. */
  foundDeg: number[]
  halts: number
}

export interface Judgement {
  bends: JudgedBend[]
  /** Where nobody bent: how long that was, and what was counted there. */
  elsewhereS: number
  inventedS: number[]
}

/** What the readiness test watches for. */
const DEPTH_CDEG = 3000
const CDEG_PER_DEG = 100
const MS_PER_S = 1000
const BENDING = "bend"
/** Bends are apart when there is so much else between them. */
const APART_S = 0.3

/** @throws Error without truth */
export function trueBends({ name, timeS, truth }: Recording): TrueBend[] {
  if (!truth) throw new Error(`${name} has no truth`)
  const bends: TrueBend[] = []
  truth.activity.forEach((activity, row) => {
    if (activity !== BENDING) return
    const nowS = timeS[row] as number
    let bend = bends.at(-1)
    if (!bend || nowS - bend.endS > APART_S) {
      bend = { startS: nowS, endS: nowS, peakDeg: 0 }
      bends.push(bend)
    }
    bend.endS = nowS
    bend.peakDeg = Math.max(bend.peakDeg, truth.kneeDeg[row] as number)
  })
  return bends
}

/** As the device would find them, told of gait while it knows of it. */
export function foundBends({
  timeS,
  kneeDeg,
  placeQ8,
}: Pick<Trace, "timeS" | "kneeDeg" | "placeQ8">): FoundBend[] {
  const watch = new BendWatch(DEPTH_CDEG)
  const found: FoundBend[] = []
  timeS.forEach((endS, row) => {
    if ((placeQ8[row] as number) >= 0) watch.gait()
    const kneeCdeg = Math.round((kneeDeg[row] as number) * CDEG_PER_DEG)
    if (!(watch.step(kneeCdeg, Math.round(endS * MS_PER_S)) & BendNews.finished)) return
    const { peakCdeg, durationMs, halts } = watch
    found.push({ startS: endS - durationMs / MS_PER_S, endS, peakDeg: peakCdeg / CDEG_PER_DEG, halts })
  })
  return found
}

/** Bends outside of the parts calibrate: they are judged neither as found nor as invented. */
export function judgeBends(
  recording: Recording,
  found: readonly FoundBend[],
  parts: readonly BendPart[],
): Judgement {
  const { timeS } = recording
  const truth = trueBends(recording)
  const overlaps = (bend: TrueBend) => (other: TrueBend) =>
    other.startS < bend.endS && other.endS > bend.startS
  const wholeS = (timeS.at(-1) as number) - (timeS[0] as number)
  return {
    bends: truth.flatMap((bend) => {
      const part = parts.find(({ fromS, toS }) => bend.startS >= fromS && bend.startS < toS)
      if (!part) return []
      const own = found.filter(overlaps(bend))
      return [
        {
          kind: part.kind,
          trueDeg: bend.peakDeg,
          foundDeg: own.map(({ peakDeg }) => peakDeg),
          halts: own.reduce((sum, { halts }) => sum + halts, 0),
        },
      ]
    }),
    elsewhereS: truth.reduce((left, { startS, endS }) => left - (endS - startS), wholeS),
    inventedS: found.filter((bend) => !truth.some(overlaps(bend))).map(({ endS }) => endS),
  }
}
