/**
 * A display on Sitronix' ST7789V2 by SPI (datasheet, sections 7.4.5 and 9.1): 16 bits a pixel, filled through a window. Its waits are the
 * caller's (Display.wake), so that nothing else waits. Nothing is allocated after the constructor.
 */

import type { Part } from "../board"
import { constant } from "../constant"
import type { DigitalOutput, DigitalOutputConstructor, SPI, SPIConstructor, SPIOptions } from "../io"
import type { Display, DisplayPower } from "./driver"

const SLPIN = 0x10
const SLPOUT = 0x11
const INVON = 0x21
const DISPOFF = 0x28
const DISPON = 0x29
const CASET = 0x2a
const RASET = 0x2b
const RAMWR = 0x2c
const MADCTL = 0x36
const COLMOD = 0x3a
/** COLMOD: 16 bits a pixel for both interfaces. */
const PIXEL_16_BITS = 0x55
/** MADCTL: rows and columns as they are, blue first. */
const BGR = 0x08

/** The supply's own rise; own choice, for a regulator that takes 1 ms. */
const SUPPLY_MS = 5
/** Section 7.4.5: SLPOUT waits for so long after a reset. */
const RESET_MS = 120
/** Section 9.1.12: the next command waits for so long after SLPOUT; and a SLPOUT after a SLPIN (9.1.11). */
const SLPOUT_MS = 5
const SLPIN_MS = 120

/** Of one write. A window takes more pixels than it has by beginning anew (section 8.13), which shows nothing where all are of a colour. */
const STRIPE_PIXELS = 128

/** `asleep`: it knows its settings. */
const State = constant({ off: 0, inReset: 1, reset: 2, asleep: 3, leavingSleep: 4, awake: 5 } as const)
type State = (typeof State)[keyof typeof State]

export interface St7789Wiring extends SPIOptions {
  readonly io: SPIConstructor
  /** Its data/command and reset pins. */
  readonly output: DigitalOutputConstructor
  readonly dataCommand: number
  readonly reset: number
  /** Of the panel, which begins within the chip's 240 × 320 pixels. */
  readonly width: number
  readonly height: number
  readonly firstColumn: number
  readonly firstRow: number
  readonly power: Part<DisplayPower>
}

export class St7789 implements Display {
  readonly width: number
  readonly height: number
  private readonly wiring: St7789Wiring
  private spi: SPI | undefined
  private dataCommand: DigitalOutput | undefined
  private resetPin: DigitalOutput | undefined
  private power: DisplayPower | undefined
  private state: State = State.off
  private hasSettings = false
  private readonly command = new Uint8Array(1)
  private readonly range = new Uint8Array(4)
  private readonly stripe = new Uint16Array(STRIPE_PIXELS)

  /** @throws what the IO's constructors throw; nothing is open then */
  constructor(wiring: St7789Wiring) {
    this.wiring = wiring
    this.width = wiring.width
    this.height = wiring.height
    const { output, dataCommand, reset } = wiring
    try {
      this.power = wiring.power.open()
      this.resetPin = new output({ pin: reset, mode: output.Output, initialValue: 0 })
      this.dataCommand = new output({ pin: dataCommand, mode: output.Output, initialValue: 0 })
      this.spi = new wiring.io(wiring)
    } catch (error) {
      this.release()
      throw error
    }
  }

  wake(): number {
    switch (this.state) {
      case State.off:
        this.resetPin?.write(0)
        this.power?.setSupply(true)
        this.state = State.inReset
        return SUPPLY_MS
      case State.inReset:
        this.resetPin?.write(1)
        this.state = State.reset
        return RESET_MS
      case State.reset:
      case State.asleep:
        this.send(SLPOUT)
        this.state = State.leavingSleep
        return SLPOUT_MS
      default:
        if (!this.hasSettings) this.set()
        this.state = State.awake
        return 0
    }
  }

  fill(x: number, y: number, width: number, height: number, colour: number): void {
    const { wiring, stripe, spi, dataCommand } = this
    this.sendRange(CASET, wiring.firstColumn + x, width)
    this.sendRange(RASET, wiring.firstRow + y, height)
    this.send(RAMWR)
    // The higher byte goes first, and lies last in a number of this processor.
    stripe.fill(((colour & 0xff) << 8) | (colour >> 8))
    dataCommand?.write(1)
    for (let left = width * height; left > 0; left -= STRIPE_PIXELS) spi?.write(stripe.buffer as ArrayBuffer)
  }

  light(): void {
    this.send(DISPON)
    this.power?.setBacklight(true)
  }

  turnOff(): number {
    this.power?.setBacklight(false)
    this.send(DISPOFF)
    this.send(SLPIN)
    this.spi?.flush(true)
    this.state = State.asleep
    return SLPIN_MS
  }

  close(): void {
    try {
      this.power?.setBacklight(false)
      this.power?.setSupply(false)
    } finally {
      this.release()
    }
  }

  private set(): void {
    this.sendByte(COLMOD, PIXEL_16_BITS)
    this.sendByte(MADCTL, BGR)
    // The panel shows its colours inverted otherwise.
    this.send(INVON)
    this.hasSettings = true
  }

  private send(command: number): void {
    this.command[0] = command
    this.dataCommand?.write(0)
    this.spi?.write(this.command)
  }

  private sendByte(command: number, value: number): void {
    this.send(command)
    this.dataCommand?.write(1)
    this.command[0] = value
    this.spi?.write(this.command)
  }

  /** From `first` to the last of `count`. */
  private sendRange(command: number, first: number, count: number): void {
    const { range } = this
    const last = first + count - 1
    this.send(command)
    range[0] = first >> 8
    range[1] = first & 0xff
    range[2] = last >> 8
    range[3] = last & 0xff
    this.dataCommand?.write(1)
    this.spi?.write(range)
  }

  private release(): void {
    this.spi?.close()
    this.dataCommand?.close()
    this.resetPin?.close()
    this.power?.close()
    this.spi = this.dataCommand = this.resetPin = this.power = undefined
  }
}
