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
  return ridgeEach(rows, [wanted], penalty)[0] as LinearFit
}

/** The same for several values a row: `wanted` holds an array for each of them. */
export function ridgeEach(
  rows: readonly ArrayLike<number>[],
  wanted: readonly (readonly number[])[],
  penalty: number,
): LinearFit[] {
  const first = rows[0]
  const odd = wanted.find((values) => values.length !== rows.length)
  if (!first || odd) throw new Error(`ridge: ${rows.length} rows for ${odd?.length ?? 0} values`)
  const width = first.length
  const mean = new Float64Array(width)
  for (const row of rows) for (let i = 0; i < width; i++) mean[i] = at(mean, i) + at(row, i) / rows.length
  const spread = new Float64Array(width)
  for (const row of rows)
    for (let i = 0; i < width; i++) spread[i] = at(spread, i) + (at(row, i) - at(mean, i)) ** 2 / rows.length
  for (let i = 0; i < width; i++) spread[i] = Math.sqrt(at(spread, i)) || 1
  const wantedMeans = wanted.map((values) => values.reduce((sum, value) => sum + value, 0) / values.length)

  const products = new Float64Array(width * width)
  const moments = wanted.map(() => new Float64Array(width))
  const scaled = new Float64Array(width)
  rows.forEach((row, r) => {
    for (let i = 0; i < width; i++) scaled[i] = (at(row, i) - at(mean, i)) / at(spread, i)
    moments.forEach((moment, w) => {
      const offset = at(wanted[w] as readonly number[], r) - at(wantedMeans, w)
      for (let i = 0; i < width; i++) moment[i] = at(moment, i) + at(scaled, i) * offset
    })
    for (let i = 0; i < width; i++) {
      const value = at(scaled, i)
      for (let j = 0; j <= i; j++)
        products[i * width + j] = at(products, i * width + j) + value * at(scaled, j)
    }
  })
  const gram = Matrix.zeros(width, width)
  for (let i = 0; i < width; i++) {
    for (let j = 0; j <= i; j++) {
      gram.set(i, j, at(products, i * width + j))
      gram.set(j, i, at(products, i * width + j))
    }
    gram.set(i, i, gram.get(i, i) + penalty * rows.length)
  }
  const solver = new CholeskyDecomposition(gram)
  return moments.map((moment, w) => {
    const solved = solver.solve(Matrix.columnVector(Array.from(moment)))
    const weights = Array.from(spread, (scale, i) => solved.get(i, 0) / scale)
    const constant = weights.reduce((sum, weight, i) => sum - weight * at(mean, i), at(wantedMeans, w))
    return { constant, weights }
  })
}

function at(values: ArrayLike<number>, index: number): number {
  return values[index] as number
}
