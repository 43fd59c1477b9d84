/** The run list as a record that is sent by parts: each row is made when it is its turn, for there may be a thousand. */
import { constant } from "../constant"
import type { RecordBytes } from "../storage/record-bytes"
import type { DeviceRuns } from "./device-model"
import { encodeRow, rowBytes } from "./fields"
import { RUN_LIST, RunFlag } from "./run-layouts"

const ROW = RUN_LIST.lists.runs
const ROW_BYTES = rowBytes(ROW)
const HEAD_BYTES = rowBytes(RUN_LIST.head)
/** Where a row's fields stand: written one by one they cost a tenth of what the table does. */
const AT = constant({
  runId: 0,
  bootId: 2,
  recordBytes: 6,
  flags: 10,
  startUnixS: 11,
  zoneQuarters: 15,
} as const)

export class RunListBytes implements RecordBytes {
  readonly length: number
  /** The runs' generation: bytes of two lists with the same number fit together. */
  readonly crc: number
  private readonly runs: DeviceRuns
  private readonly from: number
  private readonly yours: number
  /** The head, then the row that was made last. */
  private readonly made = new DataView(new ArrayBuffer(HEAD_BYTES + ROW_BYTES))
  /** Which row was made last, and where its run stands among all. */
  private place = -1
  private index = -1

  /**
   * @param from the first run that is listed, by number
   * @param yours the newest that the phone which asks has acknowledged
   */
  constructor(runs: DeviceRuns, from: number, yours: number) {
    const count = countFrom(runs, from)
    this.runs = runs
    this.from = from
    this.yours = yours
    encodeRow(this.made, 0, RUN_LIST.head, { lostRuns: runs.lost }, { runs: count })
    this.length = HEAD_BYTES + count * ROW_BYTES
    // After the pass: it may have found some that cannot be read any more.
    this.crc = runs.generation
  }

  copy(offset: number, into: Uint8Array): boolean {
    if (offset + into.length > this.length) return false
    let at = 0
    while (at < into.length) {
      const position = offset + at - HEAD_BYTES
      if (position < 0) {
        into[at] = this.made.getUint8(offset + at)
        at++
        continue
      }
      const place = Math.floor(position / ROW_BYTES)
      if (!this.seek(place)) return false
      for (let byte = position - place * ROW_BYTES; byte < ROW_BYTES && at < into.length; byte++)
        into[at++] = this.made.getUint8(HEAD_BYTES + byte)
    }
    return this.runs.generation === this.crc
  }

  /** Makes a row. @returns false when there are fewer now */
  private seek(place: number): boolean {
    const runs = this.runs
    if (place === this.place) return true
    if (place < this.place) {
      this.place = -1
      this.index = -1
    }
    let run = runs.at(++this.index)
    while (run && (!isFrom(run, this.from) || ++this.place < place)) run = runs.at(++this.index)
    if (!run) return false
    const { made } = this
    const flags = (run.isAcknowledged ? RunFlag.acknowledged : 0) | (run.id <= this.yours ? RunFlag.yours : 0)
    made.setUint16(HEAD_BYTES + AT.runId, run.id, true)
    made.setUint32(HEAD_BYTES + AT.bootId, run.bootId, true)
    made.setUint32(HEAD_BYTES + AT.recordBytes, run.recordBytes, true)
    made.setUint8(HEAD_BYTES + AT.flags, flags)
    made.setUint32(HEAD_BYTES + AT.startUnixS, run.unixS, true)
    made.setInt8(HEAD_BYTES + AT.zoneQuarters, run.zoneQuarters)
    return true
  }
}

/** Without a look at the runs where all are meant, or none: a phone asks for the first and for what has closed meanwhile. */
function countFrom(runs: DeviceRuns, from: number): number {
  if (from === 0) return runs.length
  let count = 0
  if (from <= runs.newestId)
    for (let index = 0; index < runs.length; index++) if (isFrom(runs.at(index), from)) count++
  return count
}

function isFrom(run: { readonly id: number } | undefined, from: number): boolean {
  return run !== undefined && run.id >= from
}
