/** A recording of some rows of another, in any order and as often as they are named; each keeps its time, and no gap is told. */
import type { ImuChannels, Recording } from "../recording/recording"
import { countBeyondRange } from "../recording/recording"

export function pickedRows(recording: Recording, rows: readonly number[]): Recording {
  const { timeS, sampledS, thigh, shank, truth } = recording
  const pick = (column: Float64Array) => Float64Array.from(rows, (row) => column[row] as number)
  const pickImu = (imu: ImuChannels): ImuChannels => ({
    axG: pick(imu.axG),
    ayG: pick(imu.ayG),
    azG: pick(imu.azG),
    gxDps: pick(imu.gxDps),
    gyDps: pick(imu.gyDps),
    gzDps: pick(imu.gzDps),
  })
  const thighPicked = pickImu(thigh)
  return {
    ...recording,
    timeS: pick(timeS),
    sampledS: pick(sampledS),
    thigh: thighPicked,
    ...(shank && { shank: pickImu(shank) }),
    ...(truth && {
      truth: {
        kneeDeg: pick(truth.kneeDeg),
        thighDeg: pick(truth.thighDeg),
        stance: Uint8Array.from(rows, (row) => truth.stance[row] as number),
        activity: rows.map((row) => truth.activity[row] as string),
      },
    }),
    gaps: [],
    beyondRangeRows: countBeyondRange(thighPicked),
  }
}
