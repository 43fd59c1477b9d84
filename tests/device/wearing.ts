/**
 * A made-up day: bouts of strides with pauses, and what must become of them, summed up the plain way from the strides themselves.
 */
import { Chance } from "../../hosts/virtual/chance"
import type { Run } from "../../src/ble/run-codec"
import { Activity, type Stride } from "../../src/motion/stride"
import { DEPTH_BANDS_DEG } from "../../src/run/summary"
import { boutsOf, runsOf, stride, sum } from "../run/strides"

/** The pause that ends a run is longer, those within it are shorter. */
export const PAUSE_LIMIT_S = 20
const MS_PER_S = 1000
const CDEG_PER_DEG = 100

/** A stride on the wall's clock, and when the pipeline tells of it. */
export interface MadeUpStride {
  stride: Stride
  toldMs: number
}

/** Strides without end, from a seed. */
export class Wearing {
  readonly #chance: Chance
  readonly #told: MadeUpStride[] = []
  #endMs = 5000

  constructor(seed: number) {
    this.#chance = new Chance(seed)
  }

  next(): MadeUpStride {
    while (this.#told.length === 0) this.#outing()
    return this.#told.shift() as MadeUpStride
  }

  /** Some walking, some steps too few for a bout, a run of one to three bouts. */
  #outing(): void {
    if (this.#draw(0, 2) === 0) this.#train(Activity.walk, this.#draw(5, 20), 1500)
    if (this.#draw(0, 3) === 0) this.#train(Activity.run, this.#draw(2, 6), 4000)
    this.#train(Activity.run, this.#draw(10, 70), (PAUSE_LIMIT_S + this.#draw(4, 20)) * MS_PER_S)
    for (let bouts = Math.max(0, this.#draw(-2, 2)); bouts > 0; bouts--)
      this.#train(Activity.run, this.#draw(10, 40), this.#draw(4, 15) * MS_PER_S)
  }

  #train(gait: Activity, strides: number, pauseMs: number): void {
    const periodMs = this.#draw(600, 800)
    const lateMs = this.#draw(50, 1000)
    let contactMs = this.#endMs + pauseMs
    for (let left = strides; left > 0; left--) {
      const made = stride(contactMs, {
        gait,
        periodMs,
        contactTimeMs: this.#draw(180, 380),
        peakFlexionCdeg: this.#draw(2500, 5500),
        msPastThreshold: this.#draw(0, 250),
        cdegMsPastThreshold: this.#draw(0, 400_000),
        milliLoad: this.#draw(300, 2000),
        milliLoadPeakWeighted: this.#draw(300, 5000),
      })
      this.#told.push({ stride: made, toldMs: contactMs + periodMs + lateMs })
      this.#endMs = made.toeOffMs
      contactMs += periodMs
    }
    // The next train is told of behind this one.
    this.#endMs += lateMs
  }

  #draw(from: number, to: number): number {
    return from + this.#chance.below(to - from + 1)
  }
}

/** A run as far as strides tell: bouts of strides on the wall's clock. */
export interface ToldRun {
  bouts: Stride[][]
  /** Of the boot in which it began, and when that was. */
  bootId: number
  bootMs: number
  /** It went on over a reset, with strides after it. */
  isResumed: boolean
}

/** The runs of a boot's strides, the first of them the one that was open before, where it goes on. */
export function runsTold(
  strides: Stride[],
  open: ToldRun | undefined,
  boot: { bootId: number; bootMs: number },
): ToldRun[] {
  const runs = open ? [open] : []
  for (const bouts of runsOf(boutsOf(strides), PAUSE_LIMIT_S * MS_PER_S)) {
    const endMs = open?.bouts.at(-1)?.at(-1)?.toeOffMs
    const begin = bouts[0]?.[0]?.contactMs ?? Number.NaN
    if (open && runs.length === 1 && endMs !== undefined && begin - endMs < PAUSE_LIMIT_S * MS_PER_S)
      runs[0] = { ...open, bouts: [...open.bouts, ...bouts], isResumed: true }
    else runs.push({ bouts, ...boot, isResumed: false })
  }
  return runs
}

/** Its first `count` strides. */
export function beginningOf(run: ToldRun, count: number): ToldRun {
  const bouts: Stride[][] = []
  let left = count
  for (const bout of run.bouts) {
    if (left > 0) bouts.push(bout.slice(0, left))
    left -= bout.length
  }
  return { ...run, bouts }
}

export function stridesOf({ bouts }: ToldRun): number {
  return sum(bouts.map(({ length }) => length))
}

/** What a record must say of it. */
export function countedOf({ bouts, bootId, bootMs, isResumed }: ToldRun, thresholdCdeg: number) {
  const strides = bouts.flat()
  const deeperThan = (cdeg: number) => strides.filter(({ peakFlexionCdeg }) => peakFlexionCdeg > cdeg).length
  const ends = (some: Stride[]) => ({
    startMs: (some[0]?.contactMs ?? Number.NaN) - bootMs,
    durationMs: (some.at(-1)?.toeOffMs ?? Number.NaN) - (some[0]?.contactMs ?? Number.NaN),
  })
  return {
    ...ends(strides),
    bootId,
    isResumed,
    strides: strides.length,
    loadCycles: strides.length,
    compressions: deeperThan(thresholdCdeg),
    compressionsByDepth: DEPTH_BANDS_DEG.map((deg) => deeperThan(deg * CDEG_PER_DEG)),
    msPastThreshold: sum(strides.map(({ msPastThreshold }) => msPastThreshold)),
    cdegSecondsPastThreshold: Math.floor(
      sum(strides.map(({ cdegMsPastThreshold }) => cdegMsPastThreshold)) / MS_PER_S,
    ),
    milliLoad: sum(strides.map(({ milliLoad }) => milliLoad)),
    milliLoadPeakWeighted: sum(strides.map(({ milliLoadPeakWeighted }) => milliLoadPeakWeighted)),
    bouts: bouts.map((bout) => ({ ...ends(bout), strides: bout.length })),
  }
}

/** The same of a record. */
export function countedIn(run: Run): ReturnType<typeof countedOf> {
  const { startMs, durationMs, bootId, strides, loadCycles, compressions, compressionsByDepth } = run
  const { msPastThreshold, cdegSecondsPastThreshold, milliLoad, milliLoadPeakWeighted } = run
  return {
    ...{ startMs, durationMs, bootId, isResumed: run.dataQuality.resumed, strides, loadCycles },
    ...{ compressions, compressionsByDepth, msPastThreshold, cdegSecondsPastThreshold },
    ...{ milliLoad, milliLoadPeakWeighted },
    bouts: run.bouts.map((bout) => ({
      startMs: bout.startMs,
      durationMs: bout.durationMs,
      strides: bout.strides,
    })),
  }
}
