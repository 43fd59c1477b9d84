/**
 * A run over its time, from its record's blocks: their length is a minute, or 2, 4, 8 … in a run of more than an hour (src/run/time-blocks.ts). A block
 * without a stride has no depth.
 */
import type { Run } from "../../src/ble/run-codec"
import { inDeg, inLoad, inS } from "./record-units"

const S_PER_MINUTE = 60
const SPAN_MINUTES = 5

export interface Block {
  /** From the run's start. */
  startS: number
  endS: number
  strides: number
  compressions: number
  degreeSecondsPastThreshold: number
  load: number
  /** Undefined without strides. */
  peakMedianDeg: number | undefined
}

export interface LoadSpan {
  startS: number
  endS: number
  load: number
}

export interface LoadSpans {
  /** Five; or, where blocks are longer than a minute, the shortest of whole blocks that is at least five. */
  minutes: number
  spans: LoadSpan[]
}

/** The last block ends with the run. */
export function timeLine({ blocks, blockMinutes, durationMs }: Run): Block[] {
  const durationS = inS(durationMs)
  const blockS = blockMinutes * S_PER_MINUTE
  return blocks.map((block, index) => ({
    startS: index * blockS,
    endS: lastEndS((index + 1) * blockS, index * blockS, durationS, index === blocks.length - 1),
    strides: block.strides,
    compressions: block.compressions,
    degreeSecondsPastThreshold: inDeg(block.cdegSecondsPastThreshold),
    load: inLoad(block.milliLoad),
    peakMedianDeg: block.strides === 0 ? undefined : inDeg(block.peakFlexionMedianCdeg),
  }))
}

export function loadSpans(blocks: readonly Block[], blockMinutes: number): LoadSpans {
  const blocksPerSpan = Math.ceil(SPAN_MINUTES / Math.max(1, blockMinutes))
  const spans: LoadSpan[] = []
  for (let from = 0; from < blocks.length; from += blocksPerSpan) {
    const part = blocks.slice(from, from + blocksPerSpan)
    spans.push({
      startS: part[0]?.startS ?? 0,
      endS: part.at(-1)?.endS ?? 0,
      load: part.reduce((sum, { load }) => sum + load, 0),
    })
  }
  return { minutes: blocksPerSpan * blockMinutes, spans }
}

export interface AroundBuzz {
  /** Median depth of the last whole block before, and of the first whole one after. */
  beforeDeg: number
  afterDeg: number
}

/** Undefined where one of the two blocks is missing or has no stride: the record has no single strides. */
export function aroundBuzz(blocks: readonly Block[], atS: number): AroundBuzz | undefined {
  const during = blocks.findIndex(({ startS, endS }) => atS >= startS && atS < endS)
  if (during < 1) return undefined
  const beforeDeg = blocks[during - 1]?.peakMedianDeg
  const afterDeg = blocks[during + 1]?.peakMedianDeg
  return beforeDeg === undefined || afterDeg === undefined ? undefined : { beforeDeg, afterDeg }
}

function lastEndS(fullS: number, startS: number, durationS: number, isLast: boolean): number {
  return isLast && durationS > startS ? Math.min(fullS, durationS) : fullS
}
