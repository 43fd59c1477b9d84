/** What phones may keep: of a few devices and runs, so that two phones often have the same ones. */
import fc from "fast-check"
import {
  type KeptCoachEntry,
  type KeptDevice,
  type KeptRun,
  type PainScore,
  SCORE_TIMES,
} from "../../../phone/data/kept"
import type { Content } from "./fake-phone"
import { recorded, tested } from "./recorded"

const DEVICE_IDS = ["0011223344556677", "8899aabbccddeeff"]
const deviceId = fc.constantFrom(...DEVICE_IDS)
const timeMs = fc.integer({ min: 0, max: 20 })

const run: fc.Arbitrary<KeptRun> = fc
  .record({
    deviceId,
    bootId: fc.integer({ min: 1, max: 2 }),
    runId: fc.integer({ min: 1, max: 4 }),
    start: fc.record({
      unixS: fc.constantFrom(0, 1_600_000_000, 1_790_000_000, 0xffffffff),
      zoneQuarters: fc.constantFrom(-48, 0, 56),
    }),
    receivedMs: timeMs,
  })
  .map(recorded)

const device: fc.Arbitrary<KeptDevice> = fc.record({
  id: deviceId,
  name: fc.string({ unit: "binary", maxLength: 4 }),
  side: fc.constantFrom("left", "right", "unknown"),
  firmware: fc.constantFrom("0.1.0", "1.0.0"),
  board: fc.constantFrom("virtual", "xiao_esp32c3"),
  seenMs: timeMs,
})

const score: fc.Arbitrary<PainScore> = fc
  .record({
    runKey: fc.constantFrom("0011223344556677-1-1", "0011223344556677-1-2"),
    time: fc.constantFrom(...SCORE_TIMES),
    score: fc.integer({ min: 0, max: 10 }),
    givenMs: timeMs,
    correctedAfterMs: fc.integer({ min: 0, max: 5 }),
  })
  .map(({ correctedAfterMs, ...said }) =>
    correctedAfterMs === 0 ? said : { ...said, correctedMs: said.givenMs + correctedAfterMs },
  )

const coachEntry: fc.Arbitrary<KeptCoachEntry> = fc
  .record({
    deviceId,
    endMs: fc.integer({ min: 0, max: 3 }),
    unixS: fc.constantFrom(0, 1_600_000_000, 1_790_000_000),
    receivedMs: timeMs,
  })
  .map(({ endMs, unixS, ...facts }) =>
    tested(endMs, { ...facts, end: { unixS, zoneQuarters: unixS === 0 ? 0 : 8 } }),
  )

/** @param choice the preferences: those of the phone itself stay when a backup comes, so that they depend on the order */
export function contents(
  choice: fc.Arbitrary<Content["preferences"]> = fc.constant(undefined),
): fc.Arbitrary<Content> {
  return fc
    .record({
      runs: fc.uniqueArray(run, { selector: ({ key }) => key, maxLength: 8 }),
      devices: fc.uniqueArray(device, { selector: ({ id }) => id }),
      scores: fc.uniqueArray(score, { selector: ({ runKey, time }) => `${runKey} ${time}` }),
      coach: fc.uniqueArray(coachEntry, { selector: ({ key }) => key }),
      preferences: choice,
    })
    .map(({ preferences, ...content }) => ({ ...content, ...(preferences && { preferences }) }))
}

export const preferences: fc.Arbitrary<Content["preferences"]> = fc.option(
  fc.record(
    {
      scheme: fc.constantFrom("system", "light", "dark"),
      asksForScores: fc.boolean(),
      asksFromMs: timeMs,
      hasReadSafety: fc.boolean(),
      countsAloud: fc.boolean(),
    },
    { requiredKeys: ["scheme", "asksForScores"] },
  ),
  { nil: undefined },
)
