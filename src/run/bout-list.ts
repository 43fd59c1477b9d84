/** A run's closed bouts in one preallocated table (objects for 64 bouts would take 25 KB of XS slots during every run). */
import { type Bout, DEPTH_BANDS_DEG } from "./summary"

export const MAX_BOUTS = 64

/** The columns of the table; the counts by depth follow them. */
const SCALARS = [
  "strides",
  "loadCycles",
  "compressions",
  "msPastThreshold",
  "cdegSecondsPastThreshold",
  "milliLoad",
  "milliLoadPeakWeighted",
  "startMs",
  "durationMs",
  "cadenceDspm",
  "peakFlexionMedianCdeg",
  "contactTimeMedianMs",
] as const satisfies readonly (keyof Bout)[]
const COLUMNS = SCALARS.length + DEPTH_BANDS_DEG.length

export class BoutList {
  readonly #table = new Int32Array(MAX_BOUTS * COLUMNS)
  #count = 0
  #dropped = 0

  /** Bouts that found no room. */
  get dropped(): number {
    return this.#dropped
  }

  clear(): void {
    this.#count = 0
    this.#dropped = 0
  }

  push(bout: Readonly<Bout>): void {
    if (this.#count === MAX_BOUTS) {
      this.#dropped += 1
      return
    }
    let cell = this.#count * COLUMNS
    for (const name of SCALARS) this.#table[cell++] = bout[name]
    for (const compressions of bout.compressionsByDepth) this.#table[cell++] = compressions
    this.#count += 1
  }

  toArray(): Bout[] {
    const bouts: Bout[] = []
    for (let index = 0; index < this.#count; index++) {
      const row = this.#table.subarray(index * COLUMNS, (index + 1) * COLUMNS)
      const bout: Partial<Bout> = { compressionsByDepth: Array.from(row.subarray(SCALARS.length)) }
      SCALARS.forEach((name, column) => {
        bout[name] = row[column] ?? 0
      })
      bouts.push(bout as Bout)
    }
    return bouts
  }
}
