/**
 * The mean thigh of 26 treadmill runners as Fourier series over one stride from initial contact (Fukuchi, Fukuchi & Duarte
 * 2017; computed for this project, docs of the model), degrees, at three speeds.
 */
export interface RunningCurve {
  speedMs: number
  strideS: number
  mean: number
  /** Cosine and sine of each harmonic. */
  harmonics: [number, number][]
}

export const RUNNING: readonly RunningCurve[] = [
  {
    speedMs: 2.5,
    strideS: 0.742,
    mean: 13.16,
    harmonics: [[17.93, -12.16], [-5.88, 5.18], [-1.93, 1.32], [0.05, 0.4]], // biome-ignore format: a table
  },
  {
    speedMs: 3.5,
    strideS: 0.7,
    mean: 13.57,
    harmonics: [[21.73, -18.29], [-5.68, 6.11], [-2.24, 2.24], [0, -0.01]], // biome-ignore format: a table
  },
  {
    speedMs: 4.5,
    strideS: 0.652,
    mean: 14.19,
    harmonics: [[25.13, -22.85], [-5.48, 6.11], [-2.44, 2.77], [-0.13, -0.36]], // biome-ignore format: a table
  },
]

/** Thigh inclination, degrees, `timeS` after an initial contact. */
export function runningThighDeg(curve: RunningCurve, timeS: number): number {
  return curve.harmonics.reduce((sum, [cosine, sine], index) => {
    const angle = (2 * Math.PI * (index + 1) * timeS) / curve.strideS
    return sum + cosine * Math.cos(angle) + sine * Math.sin(angle)
  }, curve.mean)
}
