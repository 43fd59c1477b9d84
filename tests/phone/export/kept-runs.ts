/** Runs as the phone keeps them: of any numbers that a record can hold, and of those that a wearer could have run. */
import fc from "fast-check"
import type { KeptRun } from "../../../phone/data/kept"
import type { RunStart } from "../../../phone/link/run-store"
import { EXAMPLE_FIRMWARE, EXAMPLE_RUN } from "../../../simulator/docs/example-run"
import { type Bout, encodeRunRecord, type Run } from "../../../src/ble/run-codec"
import { runs } from "../../ble/run-arbitrary"

export const DEVICE_ID = "a1b2c3d4e5f60708"
export const MINUTE_MS = 60_000
const BAND_COUNT = 5

/** 2026-05-03, 07:30 by clocks two hours ahead. */
export const MAY_MORNING: RunStart = { unixS: 1_777_786_200, zoneQuarters: 8 }

export function keptRun(run: Run, start: RunStart = MAY_MORNING): KeptRun {
  return {
    key: `${DEVICE_ID}-${run.bootId}-${run.id}`,
    deviceId: DEVICE_ID,
    record: encodeRunRecord(run, EXAMPLE_FIRMWARE),
    start,
    receivedMs: Date.UTC(2026, 4, 3, 8),
  }
}

/** From 2024 to 2099, as a device takes it; 0 while it was not told. */
export const starts: fc.Arbitrary<RunStart> = fc.oneof(
  fc.record({
    unixS: fc.integer({ min: Date.UTC(2024) / 1000, max: Date.UTC(2099) / 1000 }),
    zoneQuarters: fc.integer({ min: -48, max: 56 }),
  }),
  fc.constant({ unixS: 0, zoneQuarters: 0 }),
)

export const keptRuns: fc.Arbitrary<KeptRun> = fc
  .tuple(runs, starts)
  .map(([run, start]) => keptRun(run, start))

/** A stride every 720 ms, each a compression and a load of 1, in bouts of so many minutes with pauses of so many behind them. */
export function runOf(bouts: readonly { minutes: number; pauseMinutes: number }[], blockMinutes = 1): Run {
  const startMs = 5_000_000
  const list: Bout[] = []
  const strides: number[] = []
  let timeMs = startMs
  for (const { minutes, pauseMinutes } of bouts) {
    const durationMs = minutes * MINUTE_MS
    const count = Math.floor(durationMs / 720)
    for (let stride = 0; stride < count; stride++) strides.push(timeMs - startMs + stride * 720)
    list.push({ ...EXAMPLE_RUN, ...countsOf(count), startMs: timeMs, durationMs, cadenceDspm: 1667 })
    timeMs += durationMs + pauseMinutes * MINUTE_MS
  }
  const durationMs = (list.at(-1)?.startMs ?? startMs) + (list.at(-1)?.durationMs ?? 0) - startMs
  const blocks = Array.from({ length: Math.ceil(durationMs / (blockMinutes * MINUTE_MS)) }, (_, block) => {
    const count = strides.filter((ms) => Math.floor(ms / (blockMinutes * MINUTE_MS)) === block).length
    return { ...countsOf(count), peakFlexionMedianCdeg: 4000 + block, cdegSecondsPastThreshold: 10 * count }
  })
  return {
    ...EXAMPLE_RUN,
    ...countsOf(strides.length),
    startMs,
    durationMs,
    bouts: list,
    blockMinutes,
    blocks,
  }
}

/** Some bouts of whole or broken minutes, as a wearer could have run them. */
export const wornRuns: fc.Arbitrary<Run> = fc
  .tuple(
    fc.array(
      fc.record({
        minutes: fc.integer({ min: 2, max: 200 }).map((tenths) => tenths / 10),
        pauseMinutes: fc.integer({ min: 1, max: 60 }).map((tenths) => tenths / 10),
      }),
      { minLength: 1, maxLength: 8 },
    ),
    fc.constantFrom(1, 2, 4),
  )
  .map(([bouts, blockMinutes]) => runOf(bouts, blockMinutes))

function countsOf(count: number) {
  return {
    strides: count,
    loadCycles: count,
    compressions: count,
    compressionsByDepth: new Array<number>(BAND_COUNT).fill(count),
    milliLoad: 1000 * count,
  }
}
