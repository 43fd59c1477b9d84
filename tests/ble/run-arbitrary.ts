/** Runs as a recorder could leave them: every number within its field. */
import fc from "fast-check"
import { BuzzReason, DEPTH_BANDS_DEG, PainSource, type Run } from "../../src/ble/run-codec"
import { Activity } from "../../src/motion/stride"

const u8 = fc.integer({ min: 0, max: 0xff })
const u16 = fc.integer({ min: 0, max: 0xffff })
const u32 = fc.integer({ min: 0, max: 0xffffffff })
const i16 = fc.integer({ min: -0x8000, max: 0x7fff })

const countsOf = (count: fc.Arbitrary<number>) => ({
  strides: count,
  loadCycles: count,
  compressions: count,
  compressionsByDepth: fc.array(count, {
    minLength: DEPTH_BANDS_DEG.length,
    maxLength: DEPTH_BANDS_DEG.length,
  }),
})
const sums = {
  msPastThreshold: u32,
  cdegSecondsPastThreshold: u32,
  milliLoad: u32,
  milliLoadPeakWeighted: u32,
  startMs: u32,
  durationMs: u32,
  cadenceDspm: u16,
  peakFlexionMedianCdeg: i16,
  contactTimeMedianMs: u16,
}

export const runs: fc.Arbitrary<Run> = fc.record({
  ...countsOf(u32),
  ...sums,
  id: u16,
  bootId: u32,
  thresholdCdeg: i16,
  peakFlexionP95Cdeg: i16,
  dataQuality: fc.record({
    validPermyriad: fc.integer({ min: 0, max: 10_000 }),
    gaps: u32,
    clipped: u32,
    strapShift: fc.boolean(),
    resumed: fc.boolean(),
    gapUnknown: fc.boolean(),
    cutShort: fc.boolean(),
  }),
  buzzes: fc.array(fc.record({ timeMs: u32, reason: fc.constantFrom(...Object.values(BuzzReason)) }), {
    maxLength: 6,
  }),
  painsDropped: u16,
  pains: fc.array(
    fc.record({
      timeMs: u32,
      kneeCdeg: i16,
      peakFlexionCdeg: i16,
      milliLoad: u32,
      compressions: u32,
      activity: fc.constantFrom(...Object.values(Activity)),
      source: fc.constantFrom(...Object.values(PainSource)),
    }),
    { maxLength: 4 },
  ),
  boutsDropped: u32,
  bouts: fc.array(fc.record({ ...countsOf(u16), ...sums }), { maxLength: 5 }),
  blockMinutes: u16,
  blocks: fc.array(
    fc.record({
      strides: u16,
      compressions: u16,
      cdegSecondsPastThreshold: u32,
      peakFlexionMedianCdeg: i16,
      milliLoad: u32,
    }),
    { maxLength: 8 },
  ),
  calibrationVersion: u16,
  modelVersion: u16,
  peakErrorCdeg: u16,
  measuredStrides: u32,
})

export const firmwares = fc.tuple(u8, u8, u8).map((parts) => parts.join("."))
