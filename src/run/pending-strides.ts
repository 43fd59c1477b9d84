/** Strides that wait, to become a bout or to be counted: copies, oldest first, in a ring of numbers that never grows. */
import { createStride, type Stride } from "../motion/stride"

const COLUMNS = Object.keys(createStride()).length
const CONTACT_MS = 1

export class PendingStrides {
  private readonly capacity: number
  private readonly ring: Int32Array
  /** What `oldest` lends, and whether it is that still: it is asked for again for each part that it is counted in. */
  private readonly lent = createStride()
  private isOldestLent = false
  private first = 0
  count = 0

  constructor(capacity: number) {
    this.capacity = capacity
    this.ring = new Int32Array(capacity * COLUMNS)
  }

  /** The oldest, lent: valid until it is dropped. @throws RangeError when there is none. */
  get oldest(): Readonly<Stride> {
    const stride = this.lent
    if (this.isOldestLent) return stride
    if (this.count === 0) throw new RangeError("pending strides: none")
    this.isOldestLent = true
    const ring = this.ring
    let cell = this.cell(0)
    stride.gait = ring[cell++] as Stride["gait"]
    stride.contactMs = ring[cell++] as number
    stride.toeOffMs = ring[cell++] as number
    stride.periodMs = ring[cell++] as number
    stride.contactTimeMs = ring[cell++] as number
    stride.peakFlexionCdeg = ring[cell++] as number
    stride.sensors = ring[cell++] as number
    stride.msPastThreshold = ring[cell++] as number
    stride.cdegMsPastThreshold = ring[cell++] as number
    stride.milliLoad = ring[cell++] as number
    stride.milliLoadPeakWeighted = ring[cell++] as number
    return stride
  }

  /** When the oldest began; one there is. */
  get firstContactMs(): number {
    return this.ring[this.first * COLUMNS + CONTACT_MS] as number
  }

  /** Copies `stride` in; of a full ring the oldest goes. */
  push(stride: Readonly<Stride>): void {
    if (this.count === this.capacity) this.dropOldest()
    const ring = this.ring
    let cell = this.cell(this.count)
    ring[cell++] = stride.gait
    ring[cell++] = stride.contactMs
    ring[cell++] = stride.toeOffMs
    ring[cell++] = stride.periodMs
    ring[cell++] = stride.contactTimeMs
    ring[cell++] = stride.peakFlexionCdeg
    ring[cell++] = stride.sensors
    ring[cell++] = stride.msPastThreshold
    ring[cell++] = stride.cdegMsPastThreshold
    ring[cell++] = stride.milliLoad
    ring[cell++] = stride.milliLoadPeakWeighted
    this.count += 1
  }

  dropOldest(): void {
    if (this.count === 0) return
    this.isOldestLent = false
    this.first = (this.first + 1) % this.capacity
    this.count -= 1
  }

  clear(): void {
    this.isOldestLent = false
    this.count = 0
  }

  private cell(index: number): number {
    return ((this.first + index) % this.capacity) * COLUMNS
  }
}
