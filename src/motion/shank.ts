/**
 * The second sensor, below the knee: raw counts in, the shank's inclination at any instant of the last half second out
 * (1/100°, 0 = the wearer's own standing, positive = ankle forward, so that knee flexion = thigh − shank). Its chip has a
 * clock of its own and the knee turns at up to 500 °/s, half a sample is 2°: between two samples the angle is interpolated.
 * Instants are in 1/64 ms since boot, modulo 2^32.
 */
import { BEYOND_QUARTER_RANGE, isClipped, QUARTER_RANGE } from "./clipping"
import { createOrientation, type Orientation } from "./orientation"
import { createMount, type Mount, Sagittal } from "./sagittal"
import { ShankSwing } from "./shank-swing"

/** Samples kept, a power of two: more than a batch of the thigh's spans. */
const KEPT = 64
const NEWEST = KEPT - 1
/** After a start or a gap the orientation settles for so long before its angle is believed. */
const SETTLE_US = 2_500_000
/** A share of the period in Q14 is (1/64 ms × this) >> 10. */
const PERIOD_RECIPROCAL_BITS = 24

/** A time in ms since boot in the unit of this file. */
export function instantOf(timeMs: number): number {
  return Math.round(timeMs * 64) | 0
}

export interface Shank {
  readonly orientation: Orientation
  /** Counts once `mounted`. */
  readonly mount: Readonly<Mount>
  readonly mounted: boolean
  /** Looked for while there is no mount and the wearer runs. */
  readonly swing: ShankSwing
  isRunning: boolean
  remount(mount: Readonly<Mount>): void
  unmount(): void
  /** The next samples were taken from `timeMs` on, every `periodUs`. */
  beginBatch(timeMs: number, periodUs: number): void
  /** @returns 0: nothing happens here that is told */
  step(gx: number, gy: number, gz: number, ax: number, ay: number, az: number): number
  /** One sample was lost: the last one stands in for it. */
  repeat(): void
  /** More were lost than can be stood in for. */
  gap(lost: number): void
  /** What `seek` found. */
  inclinationCdeg: number
  /** @returns false when nothing was measured at that instant; instants must not go back */
  seek(instant: number): boolean
}

/** @param periodUs nominal sample period in µs, 4,000 to 20,000 */
export function createShank(periodUs: number): Shank {
  const sagittal = new Sagittal()
  const orientation = createOrientation(periodUs, sagittal)
  const mount = createMount()
  const swing = new ShankSwing(periodUs, orientation)
  const instants = new Int32Array(KEPT)
  const angles = new Int16Array(KEPT)
  const settleSamples = Math.round(SETTLE_US / periodUs)
  let trackedUs = 0
  let periodQ4 = 0
  let reciprocal = 0
  let batchInstant = 0
  let sinceBatch = 0
  let newest = 0
  /** The first sample whose angle is believed. */
  let first = settleSamples
  // The two samples around the instant last sought: `cursor` and the one after it.
  let cursor = 0
  let beforeInstant = 0
  let beforeCdeg = 0
  let afterInstant = 0
  let afterCdeg = 0
  let lastGx = 0
  let lastGy = 0
  let lastGz = 0
  let lastAx = 0
  let lastAy = 0
  let lastAz = 0

  const setPeriod = (us: number): void => {
    trackedUs = us
    periodQ4 = Math.round((us / 1000) * 64 * 16)
    reciprocal = Math.round(2 ** PERIOD_RECIPROCAL_BITS / (periodQ4 / 16))
    orientation.setPeriod(us)
  }

  const moveCursor = (sample: number): void => {
    cursor = sample
    beforeInstant = instants[sample & NEWEST] as number
    beforeCdeg = angles[sample & NEWEST] as number
    afterInstant = instants[(sample + 1) & NEWEST] as number
    afterCdeg = angles[(sample + 1) & NEWEST] as number
  }

  const shank = {
    orientation,
    mount,
    mounted: false,
    swing,
    isRunning: false,
    inclinationCdeg: 0,

    remount(found: Readonly<Mount>) {
      Object.assign(mount, found)
      orientation.remount(mount)
      shank.mounted = true
      // Angles so far are not by this mount.
      if (first <= newest) first = newest + 1
    },

    unmount() {
      shank.mounted = false
    },

    beginBatch(timeMs: number, us: number) {
      if (us !== trackedUs) setPeriod(us)
      batchInstant = instantOf(timeMs)
      sinceBatch = 0
    },

    step(gx: number, gy: number, gz: number, ax: number, ay: number, az: number) {
      lastGx = gx
      lastGy = gy
      lastGz = gz
      lastAx = ax
      lastAy = ay
      lastAz = az
      if (
        ((gx + QUARTER_RANGE) | (gy + QUARTER_RANGE) | (gz + QUARTER_RANGE)) & BEYOND_QUARTER_RANGE &&
        isClipped(gx, gy, gz)
      )
        orientation.rateClipped()
      orientation.step(gx, gy, gz, ax, ay, az)
      newest++
      const place = newest & NEWEST
      instants[place] = (batchInstant + ((sinceBatch * periodQ4) >> 4)) | 0
      sinceBatch++
      if (!shank.mounted) {
        if (shank.isRunning) swing.step(gx, gy, gz, ax, ay, az)
        return 0
      }
      angles[place] = sagittal.thighCdeg
      return 0
    },

    repeat() {
      shank.step(lastGx, lastGy, lastGz, lastAx, lastAy, lastAz)
    },

    gap(lost: number) {
      orientation.gap(lost)
      swing.reset()
      first = newest + settleSamples
    },

    seek(instant: number) {
      if (!shank.mounted || first >= newest) return false
      const oldest = newest - NEWEST > first ? newest - NEWEST : first
      if (cursor < oldest) moveCursor(oldest)
      while (cursor + 1 < newest && ((instant - afterInstant) | 0) > 0) moveCursor(cursor + 1)
      const since = (instant - beforeInstant) | 0
      // A little before the first sample, or past the newest by no more than one and a half periods, the line goes on.
      const period = periodQ4 >> 4
      if (since < 0 - period || since > period * 2 + (period >> 1)) return false
      shank.inclinationCdeg = beforeCdeg + (((afterCdeg - beforeCdeg) * ((since * reciprocal) >> 10)) >> 14)
      return true
    },
  }
  setPeriod(periodUs)
  return shank
}
