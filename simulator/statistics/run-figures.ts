/**
 * What one run of a scenario came to: what was there to count, what the device counted, and how far off that is. In: the report as
 * `replay --json` gives it, the truth's bouts. `…Percent` is in % of true strides; + means that the device counted too much, or saw the knee too deep.
 */
import { DEPTH_BANDS_DEG } from "../../src/ble/run-codec"
import { type BoutComparison, boutErrors } from "../evaluate/bout-errors"
import { bandErrors } from "../evaluate/score"
import { mean, median } from "../evaluate/statistics"
import type { SessionTruth } from "../evaluate/truth"
import type { ReplayJson } from "../phone/replay-json"

export interface Counted {
  bouts: number
  strides: number
  /** In the order of DEPTH_BANDS_DEG. */
  compressions: number[]
}

export interface RunErrors {
  boutsFound: number
  boutsMissed: number
  boutsInvented: number
  /** Strides that were counted in invented bouts. */
  stridesInvented: number
  /** In the bouts that there were; none while part-size steps at their ends explain it. Null without running. */
  stridesPercent: number | null
  /** Of the whole recording, invented bouts included. */
  compressions30Percent: number | null
  compressions35Percent: number | null
  compressions40Percent: number | null
  compressions45Percent: number | null
  compressions50Percent: number | null
  /** Size of the error, bout by bout, mean over the depths: as `evaluate` has it. */
  bandErrorPercent: number | null
  /** A bout's median stance peak, °; mean over the bouts that were found. */
  peakDeg: number | null
  /** Steps a minute, size of the error; mean over the bouts that were found. */
  cadenceErrorSpm: number | null
}

export interface RunFigures {
  seed: number
  truth: Counted
  device: Counted
  errors: RunErrors
}

const PERCENT = 100

export function runFigures(
  seed: number,
  { runs }: Pick<ReplayJson, "runs">,
  session: SessionTruth,
): RunFigures {
  const deviceBouts = runs.flatMap((run) => run.bouts)
  const compared = boutErrors(deviceBouts, session.bouts)
  const truth: Counted = {
    bouts: session.bouts.length,
    strides: sum(session.bouts.map((bout) => bout.strides)),
    compressions: sumByDepth(session.bouts.map((bout) => bout.compressions)),
  }
  const device: Counted = {
    bouts: deviceBouts.length,
    strides: sum(runs.map((run) => run.strides)),
    compressions: sumByDepth(
      runs.map((run) => DEPTH_BANDS_DEG.map((depth) => run.compressionsByDepth[depth] ?? 0)),
    ),
  }
  const owned = sum(compared.bouts.map((bout) => bout.strides.device))
  const depths = DEPTH_BANDS_DEG.map((_, band) =>
    percentOf((device.compressions[band] as number) - (truth.compressions[band] as number), truth.strides),
  )
  const peaksDeg = compared.bouts.flatMap(({ peakMedianDeg: { truth, device } }) =>
    device === null ? [] : [device - truth],
  )
  return {
    seed,
    truth,
    device,
    errors: {
      boutsFound: compared.boutsFound,
      boutsMissed: compared.boutsMissed,
      boutsInvented: compared.boutsInvented,
      stridesInvented: sum(deviceBouts.map((bout) => bout.strides)) - owned,
      stridesPercent: percentOf(stridesOff(compared.bouts), truth.strides),
      compressions30Percent: depths[0] ?? null,
      compressions35Percent: depths[1] ?? null,
      compressions40Percent: depths[2] ?? null,
      compressions45Percent: depths[3] ?? null,
      compressions50Percent: depths[4] ?? null,
      bandErrorPercent:
        bandErrors(
          compared.bouts.map((bout) => bout.compressions.device),
          session,
        )?.bandErrorPercent ?? null,
      peakDeg: mean(peaksDeg),
      cadenceErrorSpm: compared.cadenceErrorSpm,
    },
  }
}

/** The truth as `simulate --json` prints it, in the words of the report beside it. */
export function truthJson({ bouts }: SessionTruth) {
  const peaksDeg = bouts.flatMap((bout) => bout.stances.map((stance) => stance.peakDeg))
  return {
    strides: sum(bouts.map((bout) => bout.strides)),
    compressionsByDepth: byDepth(sumByDepth(bouts.map((bout) => bout.compressions))),
    peakFlexionMedianDeg: peaksDeg.length === 0 ? null : median(peaksDeg),
    bouts: bouts.map((bout) => ({
      startS: bout.startS,
      endS: bout.endS,
      strides: bout.strides,
      /** Part-size steps at its ends, which may count or not. */
      rampSteps: bout.rampSteps,
      cadenceSpm: bout.cadenceSpm,
      peakFlexionMedianDeg: bout.peakMedianDeg,
      compressionsByDepth: byDepth(bout.compressions),
    })),
  }
}

/** Bout by bout outside strides … strides + ramp steps. */
function stridesOff(bouts: readonly BoutComparison[]): number {
  return sum(
    bouts.map(({ strides: { truth, rampSteps, device } }) =>
      device < truth ? device - truth : Math.max(0, device - truth - rampSteps),
    ),
  )
}

function percentOf(off: number, strides: number): number | null {
  return strides === 0 ? null : (off / strides) * PERCENT
}

function byDepth(counts: readonly number[]): Record<string, number> {
  return Object.fromEntries(DEPTH_BANDS_DEG.map((deg, band) => [String(deg), counts[band] ?? 0]))
}

function sumByDepth(counts: readonly (readonly number[])[]): number[] {
  return DEPTH_BANDS_DEG.map((_, band) => sum(counts.map((count) => count[band] ?? 0)))
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
