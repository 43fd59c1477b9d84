/**
 * A region of flash as a ring of segments (docs/flash-format.md): each some erase blocks with a header that says when it was opened. They are
 * opened one after the other, so all are worn alike; one that cannot be erased or written is passed over.
 */
import { constant } from "../constant"
import type { RecordWriter } from "./flash-record"
import { check16, RECORD_HEAD_BYTES } from "./flash-record"

export const SEGMENT_HEAD_BYTES = 32
const MAGIC = 0x4c50
export const FORMAT_VERSION = 1
const FORMAT_AT = 2
const REGION_AT = 3
const SEQUENCE_AT = 4
const INFO_AT = 8
const CHECK_AT = 12
const U16 = 0xffff

/** What a segment is; free ones are erased when they are opened. */
export const SegmentUse = constant({ free: 0, used: 1, bad: 2 } as const)

export interface Region {
  /** Stands in each header: a segment of another region is none of this. */
  readonly id: number
  readonly firstBlock: number
  readonly segments: number
  readonly blocksPerSegment: number
}

export class SegmentRing {
  readonly segments: number
  readonly segmentBytes: number
  /** The newest segment; -1 while none was opened. */
  head = -1
  /** Of the newest: how many have been opened. */
  sequence = 0
  /** A number of its owner's that the newest header has. */
  info = 0
  private readonly writer: RecordWriter
  /** The region's, and its first byte. */
  private readonly id: number
  private readonly start: number
  private readonly blockBytes: number
  private readonly use: Uint8Array

  constructor(writer: RecordWriter, region: Region) {
    this.writer = writer
    this.id = region.id
    this.blockBytes = writer.flash.status().blockLength
    this.start = region.firstBlock * this.blockBytes
    this.segments = region.segments
    this.segmentBytes = region.blocksPerSegment * this.blockBytes
    this.use = new Uint8Array(region.segments)
  }

  /** Reads each segment's header once: which are used, and which is the newest. */
  mount(): void {
    for (let segment = 0; segment < this.segments; segment++) {
      const sequence = this.sequenceOf(segment)
      this.use[segment] = sequence === 0 ? SegmentUse.free : SegmentUse.used
      if (sequence <= this.sequence) continue
      this.head = segment
      this.sequence = sequence
      this.info = this.writer.headView.getUint32(INFO_AT, true)
    }
    this.passOverOutdated()
  }

  /** First byte of a segment. */
  startOf(segment: number): number {
    return this.start + segment * this.segmentBytes
  }

  endOf(segment: number): number {
    return this.startOf(segment) + this.segmentBytes
  }

  isUsed(segment: number): boolean {
    return this.use[segment] === SegmentUse.used
  }

  /** The segment after this one, round the ring. */
  after(segment: number): number {
    return segment + 1 === this.segments ? 0 : segment + 1
  }

  /** Free segments between the newest and the oldest. */
  get free(): number {
    let free = 0
    let segment = this.after(this.head)
    for (let left = this.segments - 1; left > 0 && this.use[segment] !== SegmentUse.used; left--) {
      if (this.use[segment] === SegmentUse.free) free++
      segment = this.after(segment)
    }
    return free
  }

  /** The oldest that is used: the newest, when there is no other; -1 without any. */
  get oldest(): number {
    let segment = this.after(this.head)
    for (let left = this.segments; left > 0; left--) {
      if (this.use[segment] === SegmentUse.used) return segment
      segment = this.after(segment)
    }
    return -1
  }

  /**
   * Opens the next segment that can be, used ones too where `mayReuse`. @returns false when there is none
   */
  open(mayReuse: boolean, info: number): boolean {
    let segment = this.after(this.head)
    for (let left = this.segments; left > 0; left--) {
      const use = this.use[segment]
      if (use === SegmentUse.used && !mayReuse) return false
      if (use !== SegmentUse.bad && segment !== this.head && this.erase(segment)) {
        if (this.writeHead(segment, this.sequence + 1, info)) {
          this.use[segment] = SegmentUse.used
          this.head = segment
          this.sequence++
          this.info = info
          return true
        }
        this.use[segment] = SegmentUse.bad
      }
      segment = this.after(segment)
    }
    return false
  }

  /** Nothing in it is wanted any more. It is erased when it is opened: twice would wear it twice. */
  release(segment: number): void {
    this.clearHead(segment)
    if (this.sequenceOf(segment) === 0 || this.erase(segment)) this.use[segment] = SegmentUse.free
  }

  /** One that could not be erased when its turn had come stands where a newer one should: what it holds is no longer wanted. */
  private passOverOutdated(): void {
    let newest = 0
    let segment = this.head
    for (let left = this.head < 0 ? 0 : this.segments; left > 0; left--) {
      segment = this.after(segment)
      if (!this.isUsed(segment)) continue
      const sequence = this.sequenceOf(segment)
      if (sequence < newest) this.use[segment] = SegmentUse.free
      else newest = sequence
    }
  }

  /** 0: there is no header. */
  sequenceOf(segment: number): number {
    const { head, headView } = this.writer
    const isHead =
      this.writer.read(head, this.startOf(segment)) &&
      headView.getUint16(0, true) === MAGIC &&
      head[FORMAT_AT] === FORMAT_VERSION &&
      head[REGION_AT] === this.id &&
      headView.getUint16(CHECK_AT, true) === check16(head, 0, CHECK_AT)
    return isHead ? headView.getUint32(SEQUENCE_AT, true) : 0
  }

  /** A segment that is not blank afterwards is bad. */
  private erase(segment: number): boolean {
    const { writer, blockBytes } = this
    const start = this.startOf(segment)
    const end = this.endOf(segment)
    // What half an erase leaves shall not be taken for a segment, nor what one that fails does.
    this.clearHead(segment)
    try {
      for (let at = start; at < end; at += blockBytes) writer.flash.eraseBlock(at / blockBytes)
    } catch {
      // Read back below.
    }
    if (writer.isBlank(start, end)) return true
    this.use[segment] = SegmentUse.bad
    return false
  }

  private clearHead(segment: number): void {
    const { head } = this.writer
    for (let at = 0; at < RECORD_HEAD_BYTES; at++) head[at] = 0
    this.writer.write(head, this.startOf(segment))
  }

  private writeHead(segment: number, sequence: number, info: number): boolean {
    const { head, headView } = this.writer
    headView.setUint16(0, MAGIC, true)
    head[FORMAT_AT] = FORMAT_VERSION
    head[REGION_AT] = this.id
    headView.setUint32(SEQUENCE_AT, sequence, true)
    headView.setUint32(INFO_AT, info, true)
    headView.setUint16(CHECK_AT, check16(head, 0, CHECK_AT), true)
    headView.setUint16(CHECK_AT + 2, U16, true)
    // What is there counts, whatever the flash says: no other segment may have the same number.
    this.writer.write(head, this.startOf(segment))
    return this.sequenceOf(segment) === sequence
  }
}
