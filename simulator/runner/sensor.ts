/**
 * The sensor as it is strapped on and as it measures: mount, slip, bias with thermal drift, scale, noise, counts and range. Values as
 * in the recordings' own sensor model (docs/measuring.md); g and °/s in the sensor's axes.
 */
import type { ImuChannels } from "../recording/recording"
import { ease } from "./ease"
import { between, normal, type Random } from "./random"
import { aboutX, aboutY, aboutZ, chain, RADIANS, type Rotation, type Vector } from "./rotation"
import { drawTissue, FIRM, type TissueSettings } from "./tissue"

/** The strap turns once, around the thigh or around the knee's axis (the sensor then tips forward). */
export interface Slip {
  timeS: number
  angleDeg: number
  around: "thigh" | "knee"
}

export interface Sensor {
  /** The sensor's axes in the segment's. */
  mount: Rotation
  tissue: TissueSettings
  gyroBiasDps: Vector
  /** Reached as the sensor warms up. */
  gyroDriftDps: Vector
  warmUpS: number
  accelerometerBiasG: Vector
  /** 1 = true. */
  gyroScale: Vector
  accelerometerScale: Vector
  gyroNoiseDps: number
  accelerometerNoiseG: number
  /** Counts and range of the LSM6DSO at ±16 g and ±2000 °/s; else as many digits as the file has. */
  digital: boolean
}

export interface MountSettings {
  /** Around the thigh. */
  turnDeg: number
  tiltSidewaysDeg: number
  tiltForwardDeg: number
}

const NONE: Vector = [0, 0, 0]
const ONE: Vector = [1, 1, 1]
const UNTURNED = aboutZ(0)
const TURN_DEG = 35
const TILT_DEG = 15
/** Straps that are put on a quarter or half the way round. */
const TURNED_SHARE = 0.25
const TURNED_DEG = [90, 180, -90] as const
const SLIP_S = 0.2
const BIAS_DPS = 1
const DRIFT_DPS = 0.3
const WARM_UP_S = [60, 180] as const
const BIAS_G = 0.02
const SCALE = 0.01
const NOISE_DPS = 0.07
const NOISE_G = 0.004
/** Datasheet table 2. */
const DPS_PER_COUNT = 0.07
const G_PER_COUNT = 0.000488
const RANGE_DPS = 2000
const RANGE_G = 16
/** Of a value in a file; a whole number of counts has no more. */
const DECIMALS = 6

export function mounted({ turnDeg, tiltSidewaysDeg, tiltForwardDeg }: MountSettings): Rotation {
  const tilt = chain(aboutX(tiltSidewaysDeg * RADIANS), aboutY(tiltForwardDeg * RADIANS))
  return chain(tilt, aboutZ(turnDeg * RADIANS))
}

export function drawSensor(random: Random): Sensor {
  const three = (reach: number, around = 0): Vector => [
    around + between(random, -reach, reach),
    around + between(random, -reach, reach),
    around + between(random, -reach, reach),
  ]
  const turned = random() < TURNED_SHARE ? (TURNED_DEG[Math.floor(random() * TURNED_DEG.length)] ?? 0) : 0
  return {
    mount: mounted({
      turnDeg: turned + between(random, -TURN_DEG, TURN_DEG),
      tiltSidewaysDeg: between(random, -TILT_DEG, TILT_DEG),
      tiltForwardDeg: between(random, -TILT_DEG, TILT_DEG),
    }),
    tissue: drawTissue(random),
    gyroBiasDps: three(BIAS_DPS),
    gyroDriftDps: three(DRIFT_DPS),
    warmUpS: between(random, ...WARM_UP_S),
    accelerometerBiasG: three(BIAS_G),
    gyroScale: three(SCALE, 1),
    accelerometerScale: three(SCALE, 1),
    gyroNoiseDps: NOISE_DPS,
    accelerometerNoiseG: NOISE_G,
    digital: true,
  }
}

/** On the bone itself, and without a fault. */
export function perfectSensor(mount: MountSettings): Sensor {
  return {
    mount: mounted(mount),
    tissue: FIRM,
    gyroBiasDps: NONE,
    gyroDriftDps: NONE,
    warmUpS: 1,
    accelerometerBiasG: NONE,
    gyroScale: ONE,
    accelerometerScale: ONE,
    gyroNoiseDps: 0,
    accelerometerNoiseG: 0,
    digital: false,
  }
}

/** How the strap sits against where it was put on: each slip turns it about the leg's own axes, whatever came before. */
export function slipped(slips: readonly Slip[], timeS: number): Rotation {
  let strap = UNTURNED
  for (const slip of slips) {
    const angle = slip.angleDeg * RADIANS * ease((timeS - slip.timeS) / SLIP_S)
    if (angle !== 0) strap = chain(slip.around === "knee" ? aboutY(-angle) : aboutZ(angle), strap)
  }
  return strap
}

/** What one sensor makes of its motion, row after row from the first. */
export class Readings {
  readonly channels: ImuChannels
  readonly #sensor: Sensor
  readonly #rateHz: number
  readonly #force: Channel[]
  readonly #rate: Channel[]

  /** @param noise each axis has chance of its own, so that rows can be made a piece at a time */
  constructor(sensor: Sensor, rows: number, rateHz: number, noise: (axis: string) => Random) {
    this.#sensor = sensor
    this.#rateHz = rateHz
    const channel = (axis: string): Channel => ({ values: new Float64Array(rows), random: noise(axis) })
    const [ax, ay, az] = [channel("ax"), channel("ay"), channel("az")]
    const [gx, gy, gz] = [channel("gx"), channel("gy"), channel("gz")]
    this.#force = [ax, ay, az]
    this.#rate = [gx, gy, gz]
    this.channels = {
      axG: ax.values,
      ayG: ay.values,
      azG: az.values,
      gxDps: gx.values,
      gyDps: gy.values,
      gzDps: gz.values,
    }
  }

  write(row: number, { forceG, rateDps }: { forceG: Vector; rateDps: Vector }): void {
    const sensor = this.#sensor
    const warm = 1 - Math.exp(-row / this.#rateHz / sensor.warmUpS)
    for (let i = 0; i < forceG.length; i++) {
      const axis = i as 0 | 1 | 2
      const force = this.#force[axis] as Channel
      const inG = forceG[axis] * sensor.accelerometerScale[axis] + sensor.accelerometerBiasG[axis]
      const noiseG = sensor.accelerometerNoiseG * normal(force.random)
      force.values[row] = written(inG + noiseG, sensor.digital, G_PER_COUNT, RANGE_G)
      const rate = this.#rate[axis] as Channel
      const biasDps = sensor.gyroBiasDps[axis] + warm * sensor.gyroDriftDps[axis]
      const noiseDps = sensor.gyroNoiseDps * normal(rate.random)
      const inDps = rateDps[axis] * sensor.gyroScale[axis] + biasDps + noiseDps
      rate.values[row] = written(inDps, sensor.digital, DPS_PER_COUNT, RANGE_DPS)
    }
  }
}

interface Channel {
  values: Float64Array
  random: Random
}

/** A value as the file has it; at the range's end it stays. */
function written(value: number, digital: boolean, perCount: number, range: number): number {
  if (!digital) return rounded(value, DECIMALS)
  const most = Math.floor(range / perCount)
  return rounded(Math.max(-most, Math.min(most, Math.round(value / perCount))) * perCount, DECIMALS)
}

/** To so many decimals; a file knows no -0. */
export function rounded(value: number, decimals: number): number {
  const scale = 10 ** decimals
  return Math.round(value * scale) / scale + 0
}
