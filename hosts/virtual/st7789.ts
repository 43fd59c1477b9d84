/**
 * A model of Sitronix' ST7789V2 on SPI (datasheet V1.0, sections 7.4.5, 8.13 and 9.1) with a panel: command decoding, windows in a memory of
 * 240 × 320 pixels, sleep, and the waits that it asks for, which it enforces aloud. What is seen of it is a picture: black while it is dark.
 */
import type { SpiChip } from "./spi"
import { DisplayMemory, type Picture, type St7789Panel } from "./st7789-memory"

export type { Picture } from "./st7789-memory"

const Command = {
  nop: 0x00,
  swReset: 0x01,
  slpIn: 0x10,
  slpOut: 0x11,
  normalOn: 0x13,
  inversionOff: 0x20,
  inversionOn: 0x21,
  dispOff: 0x28,
  dispOn: 0x29,
  caset: 0x2a,
  raset: 0x2b,
  ramWrite: 0x2c,
  madCtl: 0x36,
  colMod: 0x3a,
} as const
/** How many bytes of data belong to it; all others take none. */
const DATA_BYTES: Readonly<Record<number, number>> = { 42: 4, 43: 4, 54: 1, 58: 1 }

const PIXEL_16_BITS = 5

const RESET_PULSE_US = 10
const US_PER_MS = 1000
const AFTER_RESET_MS = 5
const RESET_TO_SLPOUT_MS = 120
const AFTER_SLEEP_COMMAND_MS = 5
const BETWEEN_SLEEP_COMMANDS_MS = 120
/** The logic supply's 1.65 V are there a while after it is switched on. */
const SUPPLY_RISE_MS = 1

export interface St7789Options {
  clock: { readonly nowUs: number }
  panel: St7789Panel
  /** Level of the data/command line now. */
  dataCommand(): number
}

export class St7789Model implements SpiChip {
  readonly #options: St7789Options
  readonly #memory = new DisplayMemory()
  #hasSupply = false
  #isLit = false
  #resetLevel = 0
  #resetFellUs = 0
  /** Nothing may come before, and no SLPIN or SLPOUT before. */
  #readyUs = Number.POSITIVE_INFINITY
  #sleepReadyUs = Number.POSITIVE_INFINITY
  #supplyUs = 0
  #isSelected = false
  #isAsleep = true
  #isOn = false
  #bitsPerPixel = 6
  #command: number = Command.nop
  readonly #data: number[] = []
  #highByte = -1

  constructor(options: St7789Options) {
    this.#options = options
  }

  get isAsleep(): boolean {
    return this.#isAsleep
  }
  /** Ever. */
  get pixelsWritten(): number {
    return this.#memory.pixelsWritten
  }
  get isSelected(): boolean {
    return this.#isSelected
  }

  /** Without it everything is forgotten; with it the memory holds anything. */
  setSupply(isOn: boolean): void {
    if (isOn === this.#hasSupply) return
    this.#hasSupply = isOn
    this.#supplyUs = this.#options.clock.nowUs
    this.#forget()
    this.#readyUs = this.#sleepReadyUs = Number.POSITIVE_INFINITY
    if (isOn) this.#memory.scramble()
  }

  setBacklight(isOn: boolean): void {
    this.#isLit = isOn
  }

  /** The reset line's level. */
  reset(level: number): void {
    if (level === this.#resetLevel) return
    this.#resetLevel = level
    const { nowUs } = this.#options.clock
    if (level === 0) {
      this.#resetFellUs = nowUs
      return
    }
    if (!this.#hasSupply) return
    const lowUs = nowUs - Math.max(this.#resetFellUs, this.#supplyUs + SUPPLY_RISE_MS * US_PER_MS)
    if (lowUs < RESET_PULSE_US) throw new Error(`ST7789 model: reset is low for ${lowUs} µs: too short`)
    this.#forget()
    this.#readyUs = nowUs + AFTER_RESET_MS * US_PER_MS
    this.#sleepReadyUs = nowUs + RESET_TO_SLPOUT_MS * US_PER_MS
  }

  select(isSelected: boolean): void {
    this.#isSelected = isSelected
  }

  write(bytes: Uint8Array): void {
    if (!this.#hasSupply || this.#resetLevel === 0 || !this.#isSelected) return
    const isData = this.#options.dataCommand() === 1
    for (const byte of bytes) {
      if (isData) this.#take(byte)
      else this.#begin(byte)
    }
  }

  /** As a person sees it now: without light, supply or DISPON nothing. */
  picture(): Picture {
    const isOn = this.#isLit && this.#hasSupply && this.#isOn && !this.#isAsleep
    return this.#memory.picture(this.#options.panel, isOn)
  }

  #forget(): void {
    this.#isAsleep = true
    this.#isOn = false
    this.#bitsPerPixel = 6
    this.#memory.reset()
    this.#command = Command.nop
  }

  #begin(command: number): void {
    const { nowUs } = this.#options.clock
    if (nowUs < this.#readyUs) throw new Error(`ST7789 model: command ${hex(command)} comes too early`)
    this.#command = command
    this.#data.length = 0
    this.#highByte = -1
    switch (command) {
      case Command.slpIn:
      case Command.slpOut:
        if (nowUs < this.#sleepReadyUs)
          throw new Error(
            `ST7789 model: command ${hex(command)} comes too early after a reset or the last of its kind`,
          )
        this.#isAsleep = command === Command.slpIn
        this.#readyUs = nowUs + AFTER_SLEEP_COMMAND_MS * US_PER_MS
        this.#sleepReadyUs = nowUs + BETWEEN_SLEEP_COMMANDS_MS * US_PER_MS
        return
      case Command.inversionOff:
      case Command.inversionOn:
        this.#memory.isInverted = command === Command.inversionOn
        return
      case Command.dispOff:
      case Command.dispOn:
        this.#isOn = command === Command.dispOn
        return
      case Command.ramWrite:
        if (this.#bitsPerPixel !== PIXEL_16_BITS)
          throw new Error("ST7789 model: COLMOD asks for something other than 16 bits a pixel")
        this.#memory.begin()
        return
      case Command.nop:
      case Command.normalOn:
        return
      default:
        if (DATA_BYTES[command] === undefined)
          throw new Error(`ST7789 model: command ${hex(command)} is not modelled`)
    }
  }

  #take(byte: number): void {
    if (this.#command === Command.ramWrite) {
      if (this.#highByte < 0) this.#highByte = byte
      else {
        this.#memory.put((this.#highByte << 8) | byte)
        this.#highByte = -1
      }
      return
    }
    this.#data.push(byte)
    if (this.#data.length === DATA_BYTES[this.#command]) this.#set(this.#data)
  }

  #set([a = 0, b = 0, c = 0, d = 0]: readonly number[]): void {
    switch (this.#command) {
      case Command.caset:
        this.#memory.setColumns((a << 8) | b, (c << 8) | d)
        return
      case Command.raset:
        this.#memory.setRows((a << 8) | b, (c << 8) | d)
        return
      case Command.madCtl:
        this.#memory.madCtl = a
        return
      default:
        this.#bitsPerPixel = a & 7
    }
  }
}

function hex(byte: number): string {
  return `0x${byte.toString(16).padStart(2, "0")}`
}
