/** The newest running strides that do not make a bout yet: copies, oldest first, in a ring that never grows. */
import { createStride, type Stride } from "../motion/stride"

export class PendingStrides {
  readonly #ring: Stride[] = []
  #oldest = 0
  #count = 0

  constructor(capacity: number) {
    for (let index = 0; index < capacity; index++) this.#ring.push(createStride())
  }

  get count(): number {
    return this.#count
  }

  /** The `index`-th oldest; valid until it is dropped. @throws RangeError when there is none. */
  at(index: number): Readonly<Stride> {
    const stride = index < this.#count ? this.#slot(index) : undefined
    if (!stride) throw new RangeError(`pending strides: no ${index} of ${this.#count}`)
    return stride
  }

  /** Copies `stride` in; of a full ring the oldest goes. */
  push(stride: Readonly<Stride>): void {
    if (this.#count === this.#ring.length) this.dropOldest()
    const slot = this.#slot(this.#count)
    if (!slot) return
    slot.gait = stride.gait
    slot.contactMs = stride.contactMs
    slot.toeOffMs = stride.toeOffMs
    slot.periodMs = stride.periodMs
    slot.contactTimeMs = stride.contactTimeMs
    slot.peakFlexionCdeg = stride.peakFlexionCdeg
    slot.sensors = stride.sensors
    slot.msPastThreshold = stride.msPastThreshold
    slot.cdegMsPastThreshold = stride.cdegMsPastThreshold
    slot.milliLoad = stride.milliLoad
    slot.milliLoadPeakWeighted = stride.milliLoadPeakWeighted
    this.#count += 1
  }

  dropOldest(): void {
    if (this.#count === 0) return
    this.#oldest = (this.#oldest + 1) % this.#ring.length
    this.#count -= 1
  }

  clear(): void {
    this.#count = 0
  }

  #slot(index: number): Stride | undefined {
    return this.#ring[(this.#oldest + index) % this.#ring.length]
  }
}
