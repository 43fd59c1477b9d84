/** The pain marks of a run: made with the first, in memory that grows by some at a time. Most runs have none. */
import type { Activity } from "../motion/stride"
import type { StateReader, StateWriter } from "../state-bytes"
import type { Pain, PainSource, Rows } from "./summary"

/** One in two minutes of an hour, and some. */
export const MAX_PAINS = 32
/** Rows that the table grows by, and what a row is: time; both angles, 16 bits each; load; compressions, activity and source. */
const GROWTH = 4
const COLUMNS = 4
const ANGLES_AT = 1
const LOAD_AT = 2
const COUNTS_AT = 3
const ANGLE_BITS = 16
const ANGLE_MASK = 0xffff
const COMPRESSIONS_SHIFT = 8
const ACTIVITY_SHIFT = 4
const NIBBLE = 0xf

export class PainList implements Rows<Pain> {
  /** Marks that found no room. */
  dropped = 0
  private table = new Int32Array(GROWTH * COLUMNS)
  private count = 0

  get length(): number {
    return this.count
  }

  /** @param timeMs by the clock that the list is kept in */
  push(pain: Readonly<Pain>, timeMs: number): void {
    const row = this.openRow()
    if (row < 0) return
    const table = this.table
    table[row] = timeMs
    table[row + ANGLES_AT] = (pain.kneeCdeg << ANGLE_BITS) | (pain.peakFlexionCdeg & ANGLE_MASK)
    table[row + LOAD_AT] = pain.milliLoad
    table[row + COUNTS_AT] =
      (pain.compressions << COMPRESSIONS_SHIFT) | (pain.activity << ACTIVITY_SHIFT) | pain.source
  }

  /** Made anew for each call. */
  at(index: number): Pain | undefined {
    if (index >= this.count) return undefined
    const row = index * COLUMNS
    const angles = this.cell(row + ANGLES_AT)
    const counts = this.cell(row + COUNTS_AT)
    return {
      timeMs: this.cell(row),
      kneeCdeg: angles >> ANGLE_BITS,
      peakFlexionCdeg: (angles << ANGLE_BITS) >> ANGLE_BITS,
      milliLoad: this.cell(row + LOAD_AT),
      compressions: counts >>> COMPRESSIONS_SHIFT,
      activity: ((counts >> ACTIVITY_SHIFT) & NIBBLE) as Activity,
      source: (counts & NIBBLE) as PainSource,
    }
  }

  write(out: StateWriter): void {
    for (let cell = 0; cell < this.count * COLUMNS; cell++) out.i32(this.cell(cell))
  }

  /** One row, as write() wrote it. */
  readRow(lists: StateReader): void {
    const row = this.openRow()
    for (let column = 0; column < COLUMNS; column++) {
      const value = lists.i32()
      if (row >= 0) this.table[row + column] = value
    }
  }

  private cell(at: number): number {
    return this.table[at] as number
  }

  /** @returns where the next mark's row begins; -1, and the mark is counted, when there is no room */
  private openRow(): number {
    if (this.count === MAX_PAINS) {
      this.dropped += 1
      return -1
    }
    const row = this.count * COLUMNS
    if (row === this.table.length) {
      const table = new Int32Array(row + GROWTH * COLUMNS)
      table.set(this.table)
      this.table = table
    }
    this.count += 1
    return row
  }
}
