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
  const s = Math.sin(angle)
  const c = Math.cos(angle)
  return [1, 0, 0, 0, c, -s, 0, s, c]
}
export function aboutY(angle: number): Rotation {
  const s = Math.sin(angle)
  const c = Math.cos(angle)
  return [c, 0, s, 0, 1, 0, -s, 0, c]
}
export function aboutZ(angle: number): Rotation {
  const s = Math.sin(angle)
  const c = Math.cos(angle)
  return [c, -s, 0, s, c, 0, 0, 0, 1]
}

/** `s` within `f`. */
export function chain(f: Rotation, s: Rotation): Rotation {
  return [
    f[0] * s[0] + f[1] * s[3] + f[2] * s[6],
    f[0] * s[1] + f[1] * s[4] + f[2] * s[7],
    f[0] * s[2] + f[1] * s[5] + f[2] * s[8],
    f[3] * s[0] + f[4] * s[3] + f[5] * s[6],
    f[3] * s[1] + f[4] * s[4] + f[5] * s[7],
    f[3] * s[2] + f[4] * s[5] + f[5] * s[8],
    f[6] * s[0] + f[7] * s[3] + f[8] * s[6],
    f[6] * s[1] + f[7] * s[4] + f[8] * s[7],
    f[6] * s[2] + f[7] * s[5] + f[8] * s[8],
  ]
}

/** The turn back. */
export function transposed(r: Rotation): Rotation {
  return [r[0], r[3], r[6], r[1], r[4], r[7], r[2], r[5], r[8]]
}

/** From inside the frame to outside. */
export function outward(r: Rotation, v: Vector): Vector {
  return [
    r[0] * v[0] + r[1] * v[1] + r[2] * v[2],
    r[3] * v[0] + r[4] * v[1] + r[5] * v[2],
    r[6] * v[0] + r[7] * v[1] + r[8] * v[2],
  ]
}

/** From outside into the frame. */
export function inward(r: Rotation, v: Vector): Vector {
  return [
    r[0] * v[0] + r[3] * v[1] + r[6] * v[2],
    r[1] * v[0] + r[4] * v[1] + r[7] * v[2],
    r[2] * v[0] + r[5] * v[1] + r[8] * v[2],
  ]
}

/** The small turn from orientation f to t, as axis times angle in the frame's own axes; exact up to half a turn. */
export function turnBetween(f: Rotation, t: Rotation): Vector {
  // The parts of fᵀ · t that differ from those of its transpose.
  const x = f[2] * t[1] + f[5] * t[4] + f[8] * t[7] - (f[1] * t[2] + f[4] * t[5] + f[7] * t[8])
  const y = f[0] * t[2] + f[3] * t[5] + f[6] * t[8] - (f[2] * t[0] + f[5] * t[3] + f[8] * t[6])
  const z = f[1] * t[0] + f[4] * t[3] + f[7] * t[6] - (f[0] * t[1] + f[3] * t[4] + f[6] * t[7])
  const sine = Math.sqrt(x * x + y * y + z * z) / 2
  const alongX = f[0] * t[0] + f[3] * t[3] + f[6] * t[6]
  const alongY = f[1] * t[1] + f[4] * t[4] + f[7] * t[7]
  const alongZ = f[2] * t[2] + f[5] * t[5] + f[8] * t[8]
  const angle = Math.atan2(sine, (alongX + alongY + alongZ - 1) / 2)
  const scale = sine > 0 ? angle / sine / 2 : 0.5
  return [x * scale, y * scale, z * scale]
}
