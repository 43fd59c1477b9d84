/** The leg as two links, hip–knee–ankle, in the sagittal plane: lengths in m, angles in degrees against gravity, ways in m. */

const DEG = 180 / Math.PI
/** A straight leg's own length comes out a little longer than its parts. */
const ROUNDING = 1e-9

/** From the ankle to the hip. */
export function hipOverAnkle(
  { thighM, shankM }: { thighM: number; shankM: number },
  thighDeg: number,
  shankDeg: number,
): { forwardM: number; upM: number } {
  const [thigh, shank] = [thighDeg / DEG, shankDeg / DEG]
  return {
    forwardM: -shankM * Math.sin(shank) - thighM * Math.sin(thigh),
    upM: shankM * Math.cos(shank) + thighM * Math.cos(thigh),
  }
}

/**
 * The leg that reaches from the hip to an ankle that lies so far forward and below it.
 * @throws RangeError when it is out of reach.
 */
export function reach(
  { thighM, shankM }: { thighM: number; shankM: number },
  forwardM: number,
  belowM: number,
): { thighDeg: number; kneeDeg: number } {
  const distance = Math.hypot(forwardM, belowM)
  const atKnee = (distance ** 2 - thighM ** 2 - shankM ** 2) / (2 * thighM * shankM)
  if (!(Math.abs(atKnee) <= 1 + ROUNDING))
    throw new RangeError(`the ankle is ${distance} m from the hip: out of the leg's reach`)
  const atHip = (distance ** 2 + thighM ** 2 - shankM ** 2) / (2 * distance * thighM)
  const directionDeg = Math.atan2(forwardM, belowM) * DEG
  return {
    kneeDeg: Math.acos(Math.max(-1, Math.min(1, atKnee))) * DEG,
    thighDeg: directionDeg + Math.acos(Math.max(-1, Math.min(1, atHip))) * DEG,
  }
}
