/**
 * The motion pipeline on its own, in the firmware's machine: raw samples from the core's memory (samples.c) through src/motion to the run,
 * led as src/main.ts leads them, each in a lap of its own.
 */
import { RATES, USUAL_RATE } from "../../src/drivers/lsm6dso-registers"
import { FLEXION_MODEL } from "../../src/motion/flexion-model-data"
import { createMotion, type Motion, MotionEvent } from "../../src/motion/motion"
import { RunRecorder } from "../../src/run/run-recorder"
import { MotionLap } from "./calls"

const US_PER_S = 1_000_000
const US_PER_MS = 1000
/** As src/drivers/lsm6dso.ts sets the FIFO's watermark. */
const BATCH_SAMPLES = 16
const TICK_SAMPLES = 104
/** Calls of nothing at the start: what a lap costs by itself. */
const EMPTY_LAPS = 8

export class MotionBench {
  readonly #motion: Motion
  readonly #recorder: RunRecorder
  readonly #periodUs: number
  #samples = 0

  constructor() {
    const rate = RATES[USUAL_RATE]
    this.#periodUs = US_PER_S / rate.hz
    this.#motion = createMotion({
      periodUs: this.#periodUs,
      model: FLEXION_MODEL,
      delayMs: rate.gyroDelayUs / US_PER_MS,
      thresholdCdeg: 0,
    })
    this.#recorder = new RunRecorder({
      settings: { values: { thresholdDeg: 30, pauseLimitS: 120 } },
      provenance: {
        calibrationVersion: 1,
        modelVersion: FLEXION_MODEL.version,
        peakErrorCdeg: 0,
        measuredPeakErrorCdeg: 0,
      },
      sink: {},
      numbers: { next: () => 1 },
      bootId: 0,
    })
    for (let lap = 0; lap < EMPTY_LAPS; lap++) {
      lapBegin()
      lapEnd(MotionLap.empty)
    }
  }

  /** All samples that the core has. */
  play(): void {
    const motion = this.#motion
    const recorder = this.#recorder
    while (nextSample()) {
      const timeMs = (this.#samples * this.#periodUs) / US_PER_MS
      if (this.#samples % BATCH_SAMPLES === 0) {
        motion.thresholdCdeg = recorder.thresholdCdeg
        motion.beginBatch(timeMs, this.#periodUs)
      }
      if (this.#samples % TICK_SAMPLES === 0) recorder.tick(Math.floor(timeMs) - motion.behindMs)
      this.#samples++
      const gx = sampleAxis(0)
      const gy = sampleAxis(1)
      const gz = sampleAxis(2)
      const ax = sampleAxis(3)
      const ay = sampleAxis(4)
      const az = sampleAxis(5)
      lapBegin()
      const events = motion.step(gx, gy, gz, ax, ay, az)
      if (events & MotionEvent.spare) recorder.step()
      if (events & MotionEvent.stride) recorder.stride(motion.stride)
      lapEnd(MotionLap.sample)
    }
  }
}
