/** How deep the loadings of a run were: from the counts past each depth to the counts between them. */
import { DEPTH_BANDS_DEG } from "../../src/ble/run-codec"

export interface DepthBand {
  /** Undefined: from 0. */
  overDeg: number | undefined
  /** Undefined: without limit. */
  upToDeg: number | undefined
  loadCycles: number
  /** 0 to 1, of the run's load cycles. */
  share: number
  words: string
}

/** @param compressionsByDepth past each of DEPTH_BANDS_DEG */
export function depthBands(loadCycles: number, compressionsByDepth: readonly number[]): DepthBand[] {
  const past = [loadCycles, ...compressionsByDepth]
  return past.map((pastHere, index) => {
    const overDeg = DEPTH_BANDS_DEG[index - 1]
    const upToDeg = DEPTH_BANDS_DEG[index]
    const cycles = Math.max(0, pastHere - (past[index + 1] ?? 0))
    return {
      overDeg,
      upToDeg,
      loadCycles: cycles,
      share: loadCycles === 0 ? 0 : cycles / loadCycles,
      words: bandWords(overDeg, upToDeg),
    }
  })
}

function bandWords(overDeg: number | undefined, upToDeg: number | undefined): string {
  if (overDeg === undefined) return `up to ${upToDeg}°`
  return upToDeg === undefined ? `past ${overDeg}°` : `${overDeg} to ${upToDeg}°`
}
