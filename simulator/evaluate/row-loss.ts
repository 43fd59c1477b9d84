/** A recording without some of its rows: where they were is a gap, as when a reader of the file finds that rows are missing. */
import type { Gap, ImuChannels, Recording } from "../recording/recording"
import { countBeyondRange } from "../recording/recording"

/** `isLost` is asked for every row; the first and the last stay, so that the recording is as long as it was. */
export function withoutRows(recording: Recording, isLost: (row: number) => boolean): Recording {
  const { timeS, sampledS, thigh, shank, truth } = recording
  const last = timeS.length - 1
  const kept: number[] = []
  for (let row = 0; row <= last; row++) if (row === 0 || row === last || !isLost(row)) kept.push(row)
  const pick = (column: Float64Array) => Float64Array.from(kept, (row) => column[row] as number)
  const pickImu = (imu: ImuChannels): ImuChannels => ({
    axG: pick(imu.axG),
    ayG: pick(imu.ayG),
    azG: pick(imu.azG),
    gxDps: pick(imu.gxDps),
    gyDps: pick(imu.gyDps),
    gzDps: pick(imu.gzDps),
  })
  const thighKept = pickImu(thigh)
  return {
    ...recording,
    timeS: pick(timeS),
    sampledS: pick(sampledS),
    thigh: thighKept,
    ...(shank && { shank: pickImu(shank) }),
    ...(truth && {
      truth: {
        kneeDeg: pick(truth.kneeDeg),
        thighDeg: pick(truth.thighDeg),
        stance: Uint8Array.from(kept, (row) => truth.stance[row] as number),
        activity: kept.map((row) => truth.activity[row] as string),
      },
    }),
    gaps: gapsBetween(kept, recording),
    beyondRangeRows: countBeyondRange(thighKept),
  }
}

function gapsBetween(kept: readonly number[], { timeS, gaps }: Recording): Gap[] {
  const found: Gap[] = []
  for (let row = 0; row < kept.length - 1; row++) {
    const before = kept[row] as number
    const after = kept[row + 1] as number
    const within = gaps.filter((gap) => gap.row >= before && gap.row < after)
    const lostSamples = within.reduce((sum, gap) => sum + gap.lostSamples, after - before - 1)
    if (lostSamples > 0)
      found.push({ row, startS: timeS[before] as number, endS: timeS[after] as number, lostSamples })
  }
  return found
}
