/**
 * Ridge regression: rows of features and what they should give in, constant and weights out. Features are brought to
 * mean 0 and SD 1 first, so that one penalty suits degrees and milliseconds alike.
 */
import { CholeskyDecomposition, Matrix } from "ml-matrix"

export interface LinearFit {
  constant: number
  weights: number[]
}

/**
 * @param rows features, one array a row, all of one length
 * @param wanted one value a row
 * @param penalty as a share of the rows' number, on standardised weights
 * @throws Error when there are no rows or their lengths differ
 */
export function ridge(
  rows: readonly ArrayLike<number>[],
  wanted: readonly number[],
  penalty: number,
): LinearFit {
  const first = rows[0]
  if (!first || rows.length !== wanted.length)
    throw new Error(`ridge: ${rows.length} rows for ${wanted.length} values`)
  const width = first.length
  const mean = new Float64Array(width)
  for (const row of rows) for (let i = 0; i < width; i++) mean[i] = at(mean, i) + at(row, i) / rows.length
  const spread = new Float64Array(width)
  for (const row of rows)
    for (let i = 0; i < width; i++) spread[i] = at(spread, i) + (at(row, i) - at(mean, i)) ** 2 / rows.length
  for (let i = 0; i < width; i++) spread[i] = Math.sqrt(at(spread, i)) || 1
  const wantedMean = wanted.reduce((sum, value) => sum + value, 0) / wanted.length

  const gram = Matrix.zeros(width, width)
  const moment = Matrix.zeros(width, 1)
  const scaled = new Float64Array(width)
  rows.forEach((row, r) => {
    for (let i = 0; i < width; i++) scaled[i] = (at(row, i) - at(mean, i)) / at(spread, i)
    const offset = at(wanted, r) - wantedMean
    for (let i = 0; i < width; i++) {
      const value = at(scaled, i)
      if (value === 0) continue
      moment.set(i, 0, moment.get(i, 0) + value * offset)
      for (let j = 0; j <= i; j++) gram.set(i, j, gram.get(i, j) + value * at(scaled, j))
    }
  })
  for (let i = 0; i < width; i++) {
    for (let j = 0; j < i; j++) gram.set(j, i, gram.get(i, j))
    gram.set(i, i, gram.get(i, i) + penalty * rows.length)
  }
  const solved = new CholeskyDecomposition(gram).solve(moment)
  const weights = Array.from(spread, (scale, i) => solved.get(i, 0) / scale)
  const constant = wantedMean - weights.reduce((sum, weight, i) => sum + weight * at(mean, i), 0)
  return { constant, weights }
}

function at(values: ArrayLike<number>, index: number): number {
  return values[index] as number
}
