/**
 * The orientation filter in double precision, as its papers write it: the gyroscope carries a rotation matrix along, the
 * specific force is turned by it and low-passed there (2nd-order Butterworth, state-variable form), and turned back. It
 * learns its own bias; only what is a decision (is the sensor at rest?) is the device's.
 */
import { type Matrix, product, rotation, type Sample, times, transposed, type Vector } from "./thigh-motion"

const GYRO_RAD_S = (0.07 * Math.PI) / 180
const TAU_S = 3
const CORNER_RAD_S = Math.SQRT2 / TAU_S
const BLOCK = 16
/** Samples in a block when they are further apart than 15 ms. */
const SPARSE_BLOCK = 8
/** Blocks until each halving of the corner's raise. */
const SETTLE_BLOCKS = [2, 4, 8, 16]
const SETTLED = 16
const BIAS_MAX_COUNTS = 57
const MOTION_GAIN_PER_S = 0.02
const REST_GAIN_PER_S = 0.16
/** What no rest has told yet weighs as so many means of zero. */
const PRIOR_MEANS = 3
const REST_MEANS = 32

const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
]
const each = (vector: Vector, change: (value: number, axis: number) => number): Vector =>
  vector.map(change) as Vector
const within = (value: number, limit: number): number => Math.max(-limit, Math.min(limit, value))

export class DoubleOrientation {
  /** Gyroscope counts. */
  bias: Vector = [0, 0, 0]
  readonly #samplePeriodS: number
  readonly #block: number
  #attitude: Matrix = [[1, 0, 0], [0, 1, 0], [0, 0, 1]] // biome-ignore format: a matrix
  #low: Vector | undefined
  #band: Vector = [0, 0, 0]
  #last: Vector | undefined
  #lost = 0
  #inBlock = 0
  #sum: Vector = [0, 0, 0]
  #blocks = 0
  #means = 0
  #resting = false

  constructor(periodUs: number) {
    this.#samplePeriodS = periodUs / 1_000_000
    this.#block = periodUs > 15_000 ? SPARSE_BLOCK : BLOCK
  }

  gap(lost: number): void {
    const gapS = lost * this.#samplePeriodS
    this.#inBlock = 0
    this.#sum = [0, 0, 0]
    if (gapS <= 0.25) this.#lost = lost
    else this.#band = [0, 0, 0]
    if (gapS > 0.04) this.#blocks = Math.min(this.#blocks, 4)
  }

  rateClipped(): void {
    this.#blocks = Math.min(this.#blocks, 8)
  }

  /**
   * @param resting what the device says after this sample
   * @returns up in the sensor's frame, in accelerometer counts
   */
  step(sample: Sample, resting: boolean): Vector {
    const gyro = sample.slice(0, 3) as Vector
    const force = sample.slice(3) as Vector
    const last = this.#last ?? gyro
    this.#last = gyro
    const turnS = (this.#lost + 1) * this.#samplePeriodS
    this.#lost = 0
    const turn = each(
      gyro,
      (rate, i) => ((rate + (last[i] as number)) / 2 - (this.bias[i] as number)) * GYRO_RAD_S * turnS,
    )
    this.#attitude = product(this.#attitude, rotation(turn))
    const seen = times(this.#attitude, force)
    const corner = this.#cornerRadS() * this.#samplePeriodS
    // The first sample is where it begins, before it turns.
    const low = this.#low ?? force
    this.#band = each(
      this.#band,
      (band, i) => band + corner * ((seen[i] as number) - (low[i] as number) - Math.SQRT2 * band),
    )
    this.#low = each(low, (value, i) => value + corner * (this.#band[i] as number))
    this.#sum = each(this.#sum, (sum, i) => sum + (gyro[i] as number))
    if (++this.#inBlock === this.#block) this.#endBlock(resting)
    return times(transposed(this.#attitude), this.#low)
  }

  #cornerRadS(): number {
    const settling = SETTLE_BLOCKS.filter((limit) => this.#blocks < limit).length
    return CORNER_RAD_S * 2 ** (settling || (this.#resting ? 1 : 0))
  }

  #endBlock(resting: boolean): void {
    this.#resting = resting
    if (resting) {
      // The n-th mean weighs as the power of two next to 1/n.
      const weight = 1 / Math.min(2 ** Math.floor(Math.log2(++this.#means + PRIOR_MEANS)), REST_MEANS)
      this.bias = each(
        this.bias,
        (bias, i) => bias + weight * ((this.#sum[i] as number) / this.#block - bias),
      )
    }
    if (this.#blocks === SETTLED) this.#takeDrift(resting)
    else this.#blocks++
    this.#inBlock = 0
    this.#sum = [0, 0, 0]
  }

  /** The low-passed force wanders at ω × band: a turn of up that is the bias'. */
  #takeDrift(resting: boolean): void {
    const countsPerG = 1 / 0.000488
    const gainPerS = resting ? REST_GAIN_PER_S : MOTION_GAIN_PER_S
    const rate = CORNER_RAD_S * (resting ? 2 : 1)
    const limit = BIAS_MAX_COUNTS * (resting ? 2 : 1)
    const share = gainPerS * this.#block * this.#samplePeriodS
    const drift = times(transposed(this.#attitude), cross(this.#band, this.#low as Vector))
    this.bias = each(this.bias, (bias, i) =>
      within(
        bias - share * within(((drift[i] as number) / countsPerG ** 2) * (rate / GYRO_RAD_S), limit),
        BIAS_MAX_COUNTS,
      ),
    )
  }
}
