/** A curve that is read from a table is the curve itself, and so is its acceleration. */
import test from "ava"
import { type Curve, curveOf, tabulated } from "../../../simulator/runner/fourier"

const wave = (harmonic: number): Curve =>
  curveOf({
    mean: 0.3,
    harmonics: Array.from({ length: harmonic }, (_, i) => (i + 1 === harmonic ? [0.6, -0.8] : [0, 0])),
  })

for (const [harmonic, off, accelerationOff] of [
  [1, 1e-11, 1e-5],
  [4, 1e-9, 1e-4],
  [24, 2e-6, 0.003],
] as const)
  test(`harmonic ${harmonic} from a table`, (t) => {
    const exact = wave(harmonic)
    const read = tabulated(exact)
    const most = (curve: Curve) =>
      Array.from({ length: 3000 }, (_, i) => Math.abs(curve(i / 2999 - 1.1))).reduce((a, b) => Math.max(a, b))
    t.true(most((share) => read(share) - exact(share)) < off)
    // As over a stride of 0.7 s, in steps of 1 ms.
    const step = 0.001 / 0.7
    const bent = (curve: Curve) => (share: number) =>
      curve(share - step) - 2 * curve(share) + curve(share + step)
    t.true(most((share) => bent(read)(share) - bent(exact)(share)) < accelerationOff * most(bent(exact)))
  })
