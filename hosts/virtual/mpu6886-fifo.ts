/**
 * The MPU6886's FIFO: 1024 bytes (datasheet, "1 kB"), without any mark of where a packet begins. When it is full either the rest of a packet is
 * refused, or the oldest bytes go (FIFO_MODE).
 */

const FIFO_BYTES = 1024

export class ByteFifo {
  level = 0
  /** Bytes were lost since the status was read. */
  overflow = false
  readonly #ring = new Uint8Array(FIFO_BYTES)
  #head = 0
  /** What a read of the empty FIFO gives. */
  #last = 0

  clear(): void {
    this.level = 0
    this.#head = 0
  }

  push(packet: Uint8Array, stopsWhenFull: boolean): void {
    for (const byte of packet) {
      if (this.level === FIFO_BYTES) {
        this.overflow = true
        if (stopsWhenFull) return
        this.#take()
      }
      this.#ring[(this.#head + this.level) % FIFO_BYTES] = byte
      this.level += 1
    }
  }

  read(): number {
    if (this.level > 0) this.#last = this.#take()
    return this.#last
  }

  #take(): number {
    const byte = this.#ring[this.#head] as number
    this.#head = (this.#head + 1) % FIFO_BYTES
    this.level -= 1
    return byte
  }
}
