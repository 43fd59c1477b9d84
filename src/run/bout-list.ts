/**
 * A run's closed bouts in a table that grows by some bouts at a time: most runs have one to three, and room for all 64 takes 4 KB. As
 * objects they would take 25 KB.
 */
import { constant } from "../constant"
import type { StateReader, StateWriter } from "../state-bytes"
import { type Bout, DEPTH_BANDS_DEG, type Rows } from "./summary"

export const MAX_BOUTS = 64

/** The columns of the table; the counts by depth follow them. */
const SCALARS = constant([
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
] as const satisfies readonly (keyof Bout)[])
const COLUMNS = SCALARS.length + DEPTH_BANDS_DEG.length

/** Bouts that the table grows by. */
const GROWTH = 4

export class BoutList implements Rows<Bout> {
  private table = new Int32Array(GROWTH * COLUMNS)
  private count = 0
  /** Bouts that found no room. */
  dropped = 0

  /** What the table has grown by is given back; the table itself stays: a new one would be garbage of every run. */
  clear(): void {
    if (this.table.length > GROWTH * COLUMNS) this.table = new Int32Array(GROWTH * COLUMNS)
    this.count = 0
    this.dropped = 0
  }

  /** Dropped ones too. */
  get total(): number {
    return this.count + this.dropped
  }

  push(bout: Readonly<Bout>): void {
    if (this.count === MAX_BOUTS) {
      this.dropped += 1
      return
    }
    let cell = this.openRow()
    const table = this.table
    // Iterators would be garbage.
    for (let column = 0; column < SCALARS.length; column++)
      table[cell++] = bout[SCALARS[column] as (typeof SCALARS)[number]]
    for (let band = 0; band < DEPTH_BANDS_DEG.length; band++)
      table[cell++] = bout.compressionsByDepth[band] as number
  }

  write(out: StateWriter): void {
    out.u32(this.dropped)
    out.u8(this.count)
    const end = this.count * COLUMNS
    for (let cell = 0; cell < end; cell++) out.i32(this.table[cell] as number)
  }

  /** Into a list that is clear. @throws RangeError when there is no room for so many */
  read(lists: StateReader): void {
    const dropped = lists.u32()
    const count = lists.u8()
    if (count > MAX_BOUTS) throw new RangeError(`bout list: ${count} bouts, room for ${MAX_BOUTS}`)
    while (this.count < count) this.readBout(lists)
    this.dropped = dropped
  }

  /** One more, as writeBout() wrote it. */
  readBout(state: StateReader): void {
    if (this.count === MAX_BOUTS) {
      for (let column = 0; column < COLUMNS; column++) state.i32()
      this.dropped += 1
      return
    }
    const begin = this.openRow()
    for (let column = 0; column < COLUMNS; column++) this.table[begin + column] = state.i32()
  }

  get length(): number {
    return this.count
  }

  /** Made anew for each call. */
  at(index: number): Bout | undefined {
    if (index >= this.count) return undefined
    const row = this.table.subarray(index * COLUMNS, (index + 1) * COLUMNS)
    const bout: Partial<Bout> = { compressionsByDepth: Array.from(row.subarray(SCALARS.length)) }
    SCALARS.forEach((name, column) => {
      bout[name] = row[column] as number
    })
    return bout as Bout
  }

  /** @returns where the next bout's row begins */
  private openRow(): number {
    const cell = this.count * COLUMNS
    if (cell === this.table.length) this.grow()
    this.count += 1
    return cell
  }

  private grow(): void {
    const table = new Int32Array(this.table.length + GROWTH * COLUMNS)
    table.set(this.table)
    this.table = table
  }
}

/** A bout that is in no list, as a row of one. */
export function writeBout(out: StateWriter, bout: Readonly<Bout>): void {
  for (let column = 0; column < SCALARS.length; column++)
    out.i32(bout[SCALARS[column] as (typeof SCALARS)[number]])
  for (let band = 0; band < DEPTH_BANDS_DEG.length; band++) out.i32(bout.compressionsByDepth[band] as number)
}
