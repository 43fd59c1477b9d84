/**
 * The two lines of an I²C bus, each pulled up and pulled low by whoever wants: the processor's pins, and what is wrong with the bus. A chip
 * that was left in the middle of a byte, of zeros as the worst, holds the data line until it saw its clocks; a short to ground holds it for good.
 */
import type { VirtualPins } from "./digital"

const BITS_PER_BYTE = 8

export interface BusPins {
  readonly data: number
  readonly clock: number
}

interface Wires extends BusPins {
  readonly pins: VirtualPins
}

export class BusLines {
  #wires: Wires | undefined
  /** Bits that a chip has still to send. */
  #bitsLeft = 0
  /** The byte is sent: with the next clock the chip reads whether there is to be another. */
  #awaitsAcknowledge = false
  #isShorted = false

  /** Which pins of the processor they are. */
  wire(pins: VirtualPins, { data, clock }: BusPins): void {
    this.#wires = { pins, data, clock }
    pins.watch(clock, (level) => this.#clocked(level))
    pins.watch(data, () => this.#moved())
    pins.drive(clock, 1)
    this.#drive()
  }

  get isShorted(): boolean {
    return this.#isShorted
  }
  get isHeld(): boolean {
    return this.#isShorted || this.#bitsLeft > 0
  }

  /** A chip holds the data line from now on. @param bits of its byte that it has still to send */
  hold(bits = BITS_PER_BYTE): void {
    this.#bitsLeft = bits
    this.#drive()
  }

  /** The data line touches ground, or does not any more. */
  short(isShorted: boolean): void {
    this.#isShorted = isShorted
    this.#drive()
  }

  /** The processor's I²C has the pins, or lets go of them. @throws RangeError when they are in use */
  claim(isClaimed: boolean): void {
    if (!this.#wires) return
    const { pins, data, clock } = this.#wires
    if (isClaimed) pins.claim(data, undefined)
    else pins.release(data)
    if (isClaimed) pins.claim(clock, undefined)
    else pins.release(clock)
  }

  #clocked(level: number): void {
    if (level === 0 && this.#bitsLeft > 0) {
      this.#bitsLeft--
      this.#awaitsAcknowledge = this.#bitsLeft === 0
      this.#drive()
    } else if (level === 1 && this.#awaitsAcknowledge) {
      this.#awaitsAcknowledge = false
      const { pins, data } = this.#wires as Wires
      if (pins.level(data) === 0) this.#bitsLeft = BITS_PER_BYTE + 1
    }
  }

  /** While the clock is high that is a start or a stop: the chip waits for its address. */
  #moved(): void {
    const { pins, clock } = this.#wires as Wires
    if (pins.level(clock) === 1) this.#awaitsAcknowledge = false
  }

  #drive(): void {
    this.#wires?.pins.drive(this.#wires.data, this.isHeld ? 0 : 1)
  }
}
