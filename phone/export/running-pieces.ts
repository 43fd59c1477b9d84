/** A run's record in, the times at which its wearer ran out: piece by piece, with what the bouts and blocks tell of each. Times are ms since the run's start. */
import type { Bout, Run } from "../../src/ble/run-codec"

const MINUTE_MS = 60_000
/** Between two points, so that they differ when their times are told in whole seconds. */
const LEAST_DISTANCE_MS = 1000

/** Counted since the run's start. */
export interface Counts {
  strides: number
  compressions: number
  milliLoad: number
}

export interface RunningPoint extends Counts {
  timeMs: number
  /** Median of the block's stance peaks; undefined where it has none. */
  peakFlexionCdeg: number | undefined
  strideRatePerMin: number | undefined
}

export interface RunningPiece {
  startMs: number
  endMs: number
  /** Undefined where the record has no bout: the end of a run with more bouts than it could list. Its pauses are not known. */
  bout: Bout | undefined
  counts: Counts
  /** At the piece's start, where a block begins in it, and at its end; strides and the others up to then. */
  points: RunningPoint[]
}

/** One for each bout, in order, and one for what is in none; at least one. */
export function runningPieces(run: Run): RunningPiece[] {
  const pieces: RunningPiece[] = []
  let before: Counts = { strides: 0, compressions: 0, milliLoad: 0 }
  let endMs = 0
  const add = (startMs: number, counts: Counts, bout?: Bout) => {
    const after = sum(before, counts)
    const piece = { startMs, endMs, bout, counts }
    pieces.push({ ...piece, points: pointsOf(run, piece, before, after) })
    before = after
  }
  for (const bout of run.bouts) {
    const startMs = within(bout.startMs - run.startMs, endMs, run.durationMs)
    endMs = within(bout.startMs + bout.durationMs - run.startMs, startMs, run.durationMs)
    add(startMs, countsOf(bout), bout)
  }
  if (run.boutsDropped > 0 || run.bouts.length === 0) {
    const startMs = endMs
    endMs = run.durationMs
    add(startMs, rest(run, before))
  }
  return pieces
}

/** Strides of this leg a minute; undefined where none is known. */
export function strideRatePerMin(cadenceDspm: number | undefined): number | undefined {
  return cadenceDspm ? cadenceDspm / 20 : undefined
}

function pointsOf(
  run: Run,
  piece: Omit<RunningPiece, "points">,
  before: Counts,
  after: Counts,
): RunningPoint[] {
  const blockMs = run.blockMinutes * MINUTE_MS
  const { startMs, endMs } = piece
  const point = (timeMs: number, block: number, counts: Counts): RunningPoint => ({
    timeMs,
    ...counts,
    ...blockValues(run, block, piece),
  })
  const blockAt = (timeMs: number) => (blockMs > 0 ? Math.floor(timeMs / blockMs) : 0)
  const points = [point(startMs, blockAt(startMs), before)]
  let counts: Counts = { strides: 0, compressions: 0, milliLoad: 0 }
  for (const [block, values] of run.blocks.entries()) {
    const timeMs = block * blockMs
    if (timeMs - startMs >= LEAST_DISTANCE_MS && endMs - timeMs >= LEAST_DISTANCE_MS)
      points.push(point(timeMs, block, counts))
    counts = sum(counts, values)
  }
  if (endMs - startMs >= LEAST_DISTANCE_MS) points.push(point(endMs, blockAt(endMs - 1), after))
  return points
}

/** A block that lies in a bout as a whole tells its own rate; one that a pause cuts into has that of the bout. */
function blockValues(
  run: Run,
  index: number,
  { startMs, endMs, bout }: Omit<RunningPiece, "points">,
): Pick<RunningPoint, "peakFlexionCdeg" | "strideRatePerMin"> {
  const block = run.blocks[index]
  const blockMs = run.blockMinutes * MINUTE_MS
  const isWhole = bout && block && index * blockMs >= startMs && (index + 1) * blockMs <= endMs
  return {
    peakFlexionCdeg: block && block.strides > 0 ? block.peakFlexionMedianCdeg : undefined,
    strideRatePerMin: isWhole ? block.strides / run.blockMinutes : strideRatePerMin(bout?.cadenceDspm),
  }
}

function countsOf({ strides, compressions, milliLoad }: Counts): Counts {
  return { strides, compressions, milliLoad }
}

function sum(one: Counts, other: Counts): Counts {
  return {
    strides: one.strides + other.strides,
    compressions: one.compressions + other.compressions,
    milliLoad: one.milliLoad + other.milliLoad,
  }
}

function rest(run: Counts, counted: Counts): Counts {
  return {
    strides: Math.max(0, run.strides - counted.strides),
    compressions: Math.max(0, run.compressions - counted.compressions),
    milliLoad: Math.max(0, run.milliLoad - counted.milliLoad),
  }
}

function within(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value))
}
