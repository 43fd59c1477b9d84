/**
 * Orientation: raw counts in, the direction of "up" in the sensor's frame out (Q14, 1 g ≈ 2^14; not normalised).
 *
 * Running never shows plain gravity, but over a stride the body's own acceleration averages out, provided that it is
 * averaged in a frame that does not turn with the thigh. So the specific force is low-passed (2nd-order Butterworth,
 * τ = 3 s) in the frame that the gyroscope carries along: the inclination of VQF (Laidig & Seel 2023, Information
 * Fusion 91). Here both states of the low-pass live in the sensor's frame and are turned back against each sample's
 * rotation: the same filter without a quaternion.
 *
 * By the mount it also tells where the thigh is in its sagittal plane (sagittal.ts): here, where up is at hand, for half of what a call costs.
 *
 * The angle belongs to the newest sample's instant: its rotation is the mean of the last two rates × period.
 */
import { Corner } from "./corner"
import { atan2Cdeg, cosineQ14, ONE_Q14, sineQ14 } from "./fixed-point"
import { GYRO_RAD_S, GyroBias } from "./gyro-bias"
import { blockShiftOf, Rest } from "./rest"
import { type Mount, Sagittal } from "./sagittal"
import { Settling } from "./settling"

/** Time constant of the low-pass (VQF's default) and the corner of its Butterworth form, ω = √2 / τ. */
const TAU_S = 3
const CORNER_RAD_S = Math.SQRT2 / TAU_S

/** cornerQ20 times a state at 2^-13 is a state's step after this shift, the corner not raised. */
const CORNER_SHIFT = 7
/** Nothing is left of a step after this one: the states only turn. */
const HELD_SHIFT = 31
/** A gap this short is turned through, at the mean of the rates before and after it, as if it were no gap. */
const GAP_TURNED_US = 40_000
/** So is one this short, a third of a stride, but then it settles; past that the guess is worse than none. */
const GAP_GUESSED_US = 250_000

/** The bias is told in 1/16 count, and a turn has it twice. */
const BIAS_SHIFT = 4
const BIAS_TURN_SHIFT = 3
/**
 * States are kept at 2^15 a count (1 g ≈ 2^26) and held within ±2 g, so that no product leaves int32. Where (state + limit), of all states
 * or-ed, has none of the bits -2^28, all are within.
 */
const STATE_LIMIT = 1 << 27
/** In place of lost samples: there is no state yet. */
const NO_STATE = -1

export interface Orientation {
  /** Up in the sensor's frame, Q14. */
  readonly upX: number
  readonly upY: number
  readonly upZ: number
  /** Gyroscope bias, 1/16 count. */
  biasX: number
  biasY: number
  biasZ: number
  /** Still for 1.5 s or longer, as of the last block's end. */
  resting: boolean
  /** Told from outside: the wearer runs. Then the force is not believed in corners. */
  running: boolean
  /** A sample: its rates and forces, counts. */
  step(gx: number, gy: number, gz: number, ax: number, ay: number, az: number): void
  /**
   * The same, where what was turned since the last is known: the sum of two rates that each last half a period.
   * @returns 0: nothing happens here that is told
   */
  stepTurned(turnX: number, turnY: number, turnZ: number, ax: number, ay: number, az: number): number
  /** How the sensor sits, from the next sample on. */
  remount(mount: Readonly<Mount>): void
  /** The sensor's clock as it is known now, µs. */
  setPeriod(periodUs: number): void
  /** Goes on from this up (Q14), as after a long time: samples from before are stepped again. */
  restart(upX: number, upY: number, upZ: number): void
  /** The sensor turned by this about this axis (Q14) while samples were lost: 1/100°, -9000 to 9000. */
  turned(axisX: number, axisY: number, axisZ: number, cdeg: number): void
  /** So many samples were lost before the next, and with them what was turned meanwhile. */
  gap(lost: number): void
  /** The newest rate was past the sensor's range. (A force that was is still the best guess: its end of the range.) */
  rateClipped(): void
}

function boundedState(state: number): number {
  return state >= STATE_LIMIT ? STATE_LIMIT - 1 : state < -STATE_LIMIT ? -STATE_LIMIT : state
}

/** The sum of two rates in counts × this = mean rate × period as an angle in Q31 rad. */
function angleGainOf(periodUs: number): number {
  return Math.round((GYRO_RAD_S / 2) * (periodUs / 1_000_000) * 2 ** 31)
}

/**
 * @param periodUs sample period in µs, 4,000 to 20,000
 * @param sagittal what is told there: by no mount, angle and forward force are 0
 */
export function createOrientation(periodUs: number, sagittal = new Sagittal()): Orientation {
  let angleGain = angleGainOf(periodUs)
  const cornerQ20 = Math.round(CORNER_RAD_S * (periodUs / 1_000_000) * 2 ** 20)
  const blockShift = blockShiftOf(periodUs)
  const blockSamples = 1 << blockShift
  const blockS = (periodUs * blockSamples) / 1_000_000
  // From a block's sum of turns, two rates each: the mean rate in 1/8 count, and in two counts.
  const meanShift = BIAS_SHIFT - blockShift
  const yawShift = blockShift + 2
  const bias = new GyroBias(blockS, CORNER_RAD_S)
  const turnedSamples = Math.floor(GAP_TURNED_US / periodUs)
  const guessedSamples = Math.floor(GAP_GUESSED_US / periodUs)
  const rest = new Rest(periodUs)
  const settling = new Settling()
  const corner = new Corner(blockS)

  let lowX = 0
  let lowY = 0
  let lowZ = 0
  let bandX = 0
  let bandY = 0
  let bandZ = 0
  let lastGx = 0
  let lastGy = 0
  let lastGz = 0
  // The angles before their shift.
  let carryX = 0
  let carryY = 0
  let carryZ = 0
  // To be turned through with the next sample.
  let lost: number = NO_STATE
  let cornerShift = CORNER_SHIFT - settling.raise
  let isFirst = true
  // What the bias turns in a sample, as the angle gain makes it.
  let biasTurnX = 0
  let biasTurnY = 0
  let biasTurnZ = 0

  // The mount: up and forward.
  let ux = 0
  let uy = 0
  let uz = 0
  let fx = 0
  let fy = 0
  let fz = 0

  let leftInBlock = blockSamples
  let near = false
  let sumTurnX = 0
  let sumTurnY = 0
  let sumTurnZ = 0

  const boundStates = (): void => {
    lowX = boundedState(lowX)
    lowY = boundedState(lowY)
    lowZ = boundedState(lowZ)
    bandX = boundedState(bandX)
    bandY = boundedState(bandY)
    bandZ = boundedState(bandZ)
  }

  /** Samples were lost, or there was no state that could turn. @returns true: the states are turned once more */
  const turnsAgain = (ax: number, ay: number, az: number): boolean => {
    if (lost === NO_STATE) {
      // The first force is the first guess of up.
      lowX = boundedState(ax << 15)
      lowY = boundedState(ay << 15)
      lowZ = boundedState(az << 15)
      lost = 0
    } else {
      lost--
      // A turn that is far too wide for its two steps makes them longer, each time.
      boundStates()
    }
    return true
  }

  /** Begins a block that is no rest. */
  const interruptBlock = (): void => {
    leftInBlock = blockSamples
    sumTurnX = sumTurnY = sumTurnZ = 0
    near = false
  }

  /** The force of its last sample stands for the block's. */
  const endBlock = (ax: number, ay: number, az: number): void => {
    rest.endBlock(near, sumTurnX, sumTurnY, sumTurnZ, ax, ay, az)
    const resting = rest.resting
    // A rest begins: up that is far from the force is wrong, whatever it was made of.
    if (
      resting &&
      !orientation.resting &&
      rest.isFar(ax - (lowX >> 15), ay - (lowY >> 15), az - (lowZ >> 15))
    ) {
      lowX = ax << 15
      lowY = ay << 15
      lowZ = az << 15
      bandX = bandY = bandZ = 0
      boundStates()
    }
    if (resting)
      bias.restedAt((sumTurnX << meanShift) >> 1, (sumTurnY << meanShift) >> 1, (sumTurnZ << meanShift) >> 1)
    // What up is seen to turn by while it settles is no drift.
    const settled = settling.settled
    if (settled)
      bias.drifted(lowX >> 12, lowY >> 12, lowZ >> 12, bandX >> 12, bandY >> 12, bandZ >> 12, resting)
    // In numbers: FINE_BITS, and half of it.
    const biasX = (bias.fineX + 128) >> 8
    const biasY = (bias.fineY + 128) >> 8
    const biasZ = (bias.fineZ + 128) >> 8
    orientation.biasX = biasX
    orientation.biasY = biasY
    orientation.biasZ = biasZ
    biasTurnX = (biasX * angleGain) >> BIAS_TURN_SHIFT
    biasTurnY = (biasY * angleGain) >> BIAS_TURN_SHIFT
    biasTurnZ = (biasZ * angleGain) >> BIAS_TURN_SHIFT
    if (!settled || resting !== orientation.resting) {
      orientation.resting = resting
      settling.endBlock(resting)
    }
    // Mean rates in two counts: the whole range about an up at its limit would leave int32 otherwise.
    const x = sumTurnX >> yawShift
    const y = sumTurnY >> yawShift
    const z = sumTurnZ >> yawShift
    corner.endBlock((x * (lowX >> 12) + y * (lowY >> 12) + z * (lowZ >> 12)) >> 13)
    cornerShift = orientation.running && corner.isTurning ? HELD_SHIFT : CORNER_SHIFT - settling.raise
    leftInBlock = blockSamples
    sumTurnX = sumTurnY = sumTurnZ = 0
    near = true
  }

  const orientation: Orientation = {
    get upX() {
      return lowX >> 12
    },
    get upY() {
      return lowY >> 12
    },
    get upZ() {
      return lowZ >> 12
    },
    biasX: 0,
    biasY: 0,
    biasZ: 0,
    resting: false,
    running: false,

    step(gx, gy, gz, ax, ay, az) {
      if (isFirst) {
        isFirst = false
        lastGx = gx
        lastGy = gy
        lastGz = gz
      }
      orientation.stepTurned(gx + lastGx, gy + lastGy, gz + lastGz, ax, ay, az)
      lastGx = gx
      lastGy = gy
      lastGz = gz
    },

    // Few locals, used again, and numbers in place of the module's constants: to declare one or to know of the other costs XS more than to
    // add or to multiply (docs/performance.md).
    stepTurned(turnX, turnY, turnZ, ax, ay, az) {
      // Rotation since the last sample, Q31 rad. What is cut off below is carried, so that a slow turn is not lost.
      carryX = turnX * angleGain - biasTurnX + (carryX & 16383)
      carryY = turnY * angleGain - biasTurnY + (carryY & 16383)
      carryZ = turnZ * angleGain - biasTurnZ + (carryZ & 16383)

      // A vector v is turned by t in two steps: h = v + ½·v × t, then v + h × t, with a t that is shorter by the factor 1 - |t|²/6, so that the
      // angle is right (0.3 % at 0.4 rad). First t in Q14, for its square, then shortened in Q17. Rounded: cut off instead, it adds up to 0.3° in a
      // slow turn.
      let x = carryX >> 17
      let y = carryY >> 17
      let z = carryZ >> 17
      const factor = 16384 - ((((x * x + y * y + z * z) >> 15) * 10923 + 16384) >> 15)
      x = ((carryX >> 14) * factor + 8192) >> 14
      y = ((carryY >> 14) * factor + 8192) >> 14
      z = ((carryZ >> 14) * factor + 8192) >> 14
      let vx = 0
      let vy = 0
      let vz = 0
      let hx = 0
      let hy = 0
      let hz = 0
      do {
        vx = lowX >> 14
        vy = lowY >> 14
        vz = lowZ >> 14
        hx = vx + ((vy * z - vz * y) >> 18)
        hy = vy + ((vz * x - vx * z) >> 18)
        hz = vz + ((vx * y - vy * x) >> 18)
        lowX += (hy * z - hz * y) >> 3
        lowY += (hz * x - hx * z) >> 3
        lowZ += (hx * y - hy * x) >> 3
        vx = bandX >> 14
        vy = bandY >> 14
        vz = bandZ >> 14
        hx = vx + ((vy * z - vz * y) >> 18)
        hy = vy + ((vz * x - vx * z) >> 18)
        hz = vz + ((vx * y - vy * x) >> 18)
        bandX += (hy * z - hz * y) >> 3
        bandY += (hz * x - hx * z) >> 3
        bandZ += (hx * y - hy * x) >> 3
      } while (lost !== 0 && turnsAgain(ax, ay, az))

      // State-variable low-pass: band += ω·(a - low - √2·band), low += ω·band; √2 in Q13 is 11585.
      bandX += ((((ax << 15) - lowX - (bandX >> 13) * 11585) >> 13) * cornerQ20) >> cornerShift
      lowX += ((bandX >> 13) * cornerQ20) >> cornerShift
      bandY += ((((ay << 15) - lowY - (bandY >> 13) * 11585) >> 13) * cornerQ20) >> cornerShift
      lowY += ((bandY >> 13) * cornerQ20) >> cornerShift
      bandZ += ((((az << 15) - lowZ - (bandZ >> 13) * 11585) >> 13) * cornerQ20) >> cornerShift
      lowZ += ((bandZ >> 13) * cornerQ20) >> cornerShift
      // In numbers: STATE_LIMIT, and the bits of its comment.
      if (
        ((lowX + 134217728) |
          (lowY + 134217728) |
          (lowZ + 134217728) |
          (bandX + 134217728) |
          (bandY + 134217728) |
          (bandZ + 134217728)) &
        -268435456
      )
        boundStates()

      // Up, and in the sagittal plane its cosine and sine.
      x = lowX >> 12
      y = lowY >> 12
      z = lowZ >> 12
      hx = (ux * x + uy * y + uz * z) >> 14
      hy = (fx * x + fy * y + fz * z) >> 14
      sagittal.thighCdeg = atan2Cdeg(hy, hx)
      // In two counts: 16 g on every axis while up is at its limit would leave int32 otherwise.
      sagittal.forwardCounts =
        (((fx * ax + fy * ay + fz * az) >> 15) * hx - ((ux * ax + uy * ay + uz * az) >> 15) * hy) >> 13
      sagittal.upCounts = ((x * ax) >> 14) + ((y * ay) >> 14) + ((z * az) >> 14)

      sumTurnX += turnX
      sumTurnY += turnY
      sumTurnZ += turnZ
      if (near) near = rest.isNear(turnX, turnY, turnZ, ax, ay, az)
      if (--leftInBlock === 0) endBlock(ax, ay, az)
      return 0
    },

    remount(mount) {
      sagittal.remount(mount)
      ux = mount.upX
      uy = mount.upY
      uz = mount.upZ
      fx = mount.forwardX
      fy = mount.forwardY
      fz = mount.forwardZ
    },

    setPeriod(trackedUs) {
      angleGain = angleGainOf(trackedUs)
    },

    restart(upX, upY, upZ) {
      lowX = upX << 12
      lowY = upY << 12
      lowZ = upZ << 12
      bandX = bandY = bandZ = 0
      isFirst = true
      lost = 0
      interruptBlock()
    },

    turned(axisX, axisY, axisZ, cdeg) {
      const sine = sineQ14(cdeg)
      const cosine = cosineQ14(cdeg)
      for (let state = 0; state < 2; state++) {
        const x = (state === 0 ? lowX : bandX) >> 12
        const y = (state === 0 ? lowY : bandY) >> 12
        const z = (state === 0 ? lowZ : bandZ) >> 12
        // What stands still turns against the sensor: v·cos + (v × axis)·sin + axis·(axis·v)·(1 - cos).
        const along = (((axisX * x + axisY * y + axisZ * z) >> 14) * (ONE_Q14 - cosine)) >> 14
        const sideX = (y * axisZ - z * axisY) >> 14
        const sideY = (z * axisX - x * axisZ) >> 14
        const sideZ = (x * axisY - y * axisX) >> 14
        const turnedX = boundedState(((x * cosine + sideX * sine + along * axisX) >> 14) << 12)
        const turnedY = boundedState(((y * cosine + sideY * sine + along * axisY) >> 14) << 12)
        const turnedZ = boundedState(((z * cosine + sideZ * sine + along * axisZ) >> 14) << 12)
        if (state === 0) {
          lowX = turnedX
          lowY = turnedY
          lowZ = turnedZ
        } else {
          bandX = turnedX
          bandY = turnedY
          bandZ = turnedZ
        }
      }
      isFirst = true
      if (lost === NO_STATE) lost = 0
      interruptBlock()
    },

    gap(lostSamples) {
      interruptBlock()
      if (lost === NO_STATE) return
      if (lostSamples <= guessedSamples) lost = lostSamples
      else bandX = bandY = bandZ = 0
      if (lostSamples <= turnedSamples) return
      settling.lost()
      cornerShift = CORNER_SHIFT - settling.raise
    },

    rateClipped() {
      settling.doubted()
      cornerShift = CORNER_SHIFT - settling.raise
    },
  }
  return orientation
}
