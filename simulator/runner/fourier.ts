/**
 * Curves over one stride, as Fourier series: x(s) = mean + Σ aᵢ cos 2πis + bᵢ sin 2πis, s = share of the stride from initial
 * contact. Whatever the series' unit is, the curve has it too.
 */

/** Of the share of a stride; repeats every 1. */
export type Curve = (share: number) => number

export interface FourierSeries {
  mean: number
  /** Cosine and sine of each harmonic. */
  harmonics: readonly (readonly [cosine: number, sine: number])[]
}

const TURN = 2 * Math.PI
const SAMPLES = 256
/** Of a table, and the share of the stride over which its slopes are taken. */
const ENTRIES = 1024
const SLOPE_STEP = 1e-5

export function curveOf({ mean, harmonics }: FourierSeries): Curve {
  const cosines = Float64Array.from(harmonics, ([cosine]) => cosine)
  const sines = Float64Array.from(harmonics, ([, sine]) => sine)
  return (share) => {
    const c1 = Math.cos(TURN * share)
    const s1 = Math.sin(TURN * share)
    let value = mean
    let c = c1
    let s = s1
    for (let i = 0; i < cosines.length; i++) {
      value += (cosines[i] as number) * c + (sines[i] as number) * s
      const next = c * c1 - s * s1
      s = s * c1 + c * s1
      c = next
    }
    return value
  }
}

/**
 * The same curve, quicker: cubic Hermite between entries. Of the 24th harmonic its second derivative is off by 0.2 % at most, of slower ones
 * by the square of their number less.
 */
export function tabulated(curve: Curve): Curve {
  const values = new Float64Array(ENTRIES + 1)
  const rises = new Float64Array(ENTRIES + 1)
  for (let entry = 0; entry <= ENTRIES; entry++) {
    const share = entry / ENTRIES
    values[entry] = curve(share)
    rises[entry] = (curve(share + SLOPE_STEP) - curve(share - SLOPE_STEP)) / (2 * SLOPE_STEP * ENTRIES)
  }
  return (share) => {
    const place = (share - Math.floor(share)) * ENTRIES
    const entry = Math.floor(place)
    const u = place - entry
    const from = values[entry] as number
    const rise = (values[entry + 1] as number) - from
    const here = (rises[entry] as number) - rise
    const there = (rises[entry + 1] as number) - rise
    return from + u * (rise + (1 - u) * ((1 - u) * here - u * there))
  }
}

/** The first `count` harmonics of a curve. */
export function seriesOf(curve: Curve, count: number): FourierSeries {
  const values = Array.from({ length: SAMPLES }, (_, i) => curve(i / SAMPLES))
  const part = (wave: (angle: number) => number) =>
    values.reduce((sum, value, i) => sum + value * wave((TURN * i) / SAMPLES), 0) / SAMPLES
  const harmonics = Array.from(
    { length: count },
    (_, i) =>
      [
        2 * part((angle) => Math.cos((i + 1) * angle)),
        2 * part((angle) => Math.sin((i + 1) * angle)),
      ] as const,
  )
  return { mean: part(() => 1), harmonics }
}

/** Part of the way from one series to another. */
export function mixSeries(from: FourierSeries, to: FourierSeries, part: number): FourierSeries {
  const mix = (a: number, b: number) => a + (b - a) * part
  const longest = Math.max(from.harmonics.length, to.harmonics.length)
  const harmonics = Array.from({ length: longest }, (_, i) => {
    const [a, b] = [from.harmonics[i] ?? [0, 0], to.harmonics[i] ?? [0, 0]]
    return [mix(a[0], b[0]), mix(a[1], b[1])] as const
  })
  return { mean: mix(from.mean, to.mean), harmonics }
}

/** The path whose second derivative the series is, without its mean and drift: from acceleration to place. */
export function integratedTwice({ harmonics }: FourierSeries, periodS: number): FourierSeries {
  return {
    mean: 0,
    harmonics: harmonics.map(([cosine, sine], i) => {
      const gain = -((periodS / (TURN * (i + 1))) ** 2)
      return [cosine * gain, sine * gain] as const
    }),
  }
}

/**
 * A smooth curve through points (share, value), in order from share 0: cubic Hermite (Catmull–Rom) over the closed stride, then
 * its first `harmonics`, which take off what no leg can do.
 */
export function throughPoints(
  points: readonly (readonly [share: number, value: number])[],
  harmonics: number,
): Curve {
  const at = (index: number): readonly [number, number] => {
    const turns = Math.floor(index / points.length)
    const [share, value] = points[index - turns * points.length] as readonly [number, number]
    return [share + turns, value]
  }
  const slope = (index: number) => {
    const [before, after] = [at(index - 1), at(index + 1)]
    return (after[1] - before[1]) / (after[0] - before[0])
  }
  const hermite: Curve = (share) => {
    const later = points.findIndex(([from]) => from > share)
    const index = (later < 0 ? points.length : later) - 1
    const [from, value] = at(index)
    const [to, next] = at(index + 1)
    const length = to - from
    const u = (share - from) / length
    const rise = next - value
    return (
      value +
      u * u * (3 - 2 * u) * rise +
      u * (1 - u) * length * ((1 - u) * slope(index) - u * slope(index + 1))
    )
  }
  return curveOf(seriesOf(hermite, harmonics))
}
