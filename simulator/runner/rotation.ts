/** Rotations in space as 3 × 3 matrices, row by row; angles in radians, right-handed. A rotation of a frame leads from it to its outside. */

export type Vector = readonly [x: number, y: number, z: number]
export type Rotation = readonly [
  xx: number,
  xy: number,
  xz: number,
  yx: number,
  yy: number,
  yz: number,
  zx: number,
  zy: number,
  zz: number,
]

export const RADIANS = Math.PI / 180

export function aboutX(angle: number): Rotation {
  const [s, c] = [Math.sin(angle), Math.cos(angle)]
  return [1, 0, 0, 0, c, -s, 0, s, c]
}
export function aboutY(angle: number): Rotation {
  const [s, c] = [Math.sin(angle), Math.cos(angle)]
  return [c, 0, s, 0, 1, 0, -s, 0, c]
}
export function aboutZ(angle: number): Rotation {
  const [s, c] = [Math.sin(angle), Math.cos(angle)]
  return [c, -s, 0, s, c, 0, 0, 0, 1]
}

/** `second` within `first`. */
export function chain(first: Rotation, second: Rotation): Rotation {
  const [a, b, c, d, e, f, g, h, i] = first
  const [j, k, l, m, n, o, p, q, r] = second
  return [
    a * j + b * m + c * p,
    a * k + b * n + c * q,
    a * l + b * o + c * r,
    d * j + e * m + f * p,
    d * k + e * n + f * q,
    d * l + e * o + f * r,
    g * j + h * m + i * p,
    g * k + h * n + i * q,
    g * l + h * o + i * r,
  ]
}

/** From inside the frame to outside. */
export function outward([a, b, c, d, e, f, g, h, i]: Rotation, [x, y, z]: Vector): Vector {
  return [a * x + b * y + c * z, d * x + e * y + f * z, g * x + h * y + i * z]
}

/** From outside into the frame. */
export function inward([a, b, c, d, e, f, g, h, i]: Rotation, [x, y, z]: Vector): Vector {
  return [a * x + d * y + g * z, b * x + e * y + h * z, c * x + f * y + i * z]
}

/** The small turn from one orientation to another, as axis times angle in the frame's own axes; exact up to half a turn. */
export function turnBetween(from: Rotation, to: Rotation): Vector {
  const [a, b, c, d, e, f, g, h, i] = from
  const [j, k, l, m, n, o, p, q, r] = to
  // The parts of fromᵀ · to that differ from those of its transpose.
  const x = c * k + f * n + i * q - (b * l + e * o + h * r)
  const y = a * l + d * o + g * r - (c * j + f * m + i * p)
  const z = b * j + e * m + h * p - (a * k + d * n + g * q)
  const sine = Math.hypot(x, y, z) / 2
  const trace = a * j + d * m + g * p + b * k + e * n + h * q + c * l + f * o + i * r
  const angle = Math.atan2(sine, (trace - 1) / 2)
  const scale = sine > 0 ? angle / sine / 2 : 0.5
  return [x * scale, y * scale, z * scale]
}
