/** The run of the worked example in docs/gatt.md: made up, small enough to print. */
import type { Run } from "../../src/ble/run-codec"

const totals = {
  strides: 76,
  loadCycles: 76,
  compressions: 74,
  compressionsByDepth: [74, 69, 48, 12, 1],
  msPastThreshold: 9800,
  cdegSecondsPastThreshold: 9600,
  milliLoad: 80100,
  milliLoadPeakWeighted: 97300,
  startMs: 29400,
  durationMs: 57700,
  cadenceDspm: 1570,
  peakFlexionMedianCdeg: 4240,
  contactTimeMedianMs: 266,
}

export const EXAMPLE_PAIN: Run["pains"][number] = {
  timeMs: 64200,
  kneeCdeg: 2310,
  peakFlexionCdeg: 4380,
  milliLoad: 48900,
  compressions: 45,
  activity: 2,
  source: 1,
}

export const EXAMPLE_RUN: Run = {
  ...totals,
  id: 1,
  bootId: 1,
  thresholdCdeg: 3000,
  peakFlexionP95Cdeg: 4730,
  dataQuality: {
    validPermyriad: 9998,
    gaps: 0,
    clipped: 0,
    strapShift: false,
    resumed: false,
    gapUnknown: false,
    cutShort: false,
  },
  buzzes: [{ timeMs: 71000, reason: 3 }],
  painsDropped: 0,
  pains: [EXAMPLE_PAIN],
  boutsDropped: 0,
  bouts: [totals],
  blockMinutes: 1,
  blocks: [
    {
      strides: 76,
      compressions: 74,
      peakFlexionMedianCdeg: 4240,
      cdegSecondsPastThreshold: 9600,
      milliLoad: 80100,
    },
  ],
  calibrationVersion: 1,
  modelVersion: 3,
  measuredStrides: 0,
  peakErrorCdeg: 390,
}
export const EXAMPLE_FIRMWARE = "0.1.0"
