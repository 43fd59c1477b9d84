/**
 * A register-level model of TI's DRV2605L on an I²C bus (datasheet SLOS854D, sections 8.4 to 8.6): identity, reset, standby, the waveform sequencer with
 * GO, and real-time playback. It turns a motor. Of the library it has the effects whose lengths their names tell; anything else that would
 * change what is felt it refuses aloud.
 */
import type { ClockEvent, VirtualClock } from "./clock"
import type { I2cChip } from "./smbus"

export const DRV = {
  STATUS: 0x00,
  MODE: 0x01,
  RTP_INPUT: 0x02,
  LIBRARY_SELECTION: 0x03,
  WAVEFORM_SEQUENCER_1: 0x04,
  WAVEFORM_SEQUENCER_8: 0x0b,
  GO: 0x0c,
  RATED_VOLTAGE: 0x16,
  OD_CLAMP: 0x17,
  FEEDBACK_CONTROL: 0x1a,
  CONTROL1: 0x1b,
  CONTROL2: 0x1c,
  CONTROL3: 0x1d,
  CONTROL4: 0x1e,
  LRA_PERIOD: 0x22,
} as const

/** After power and after a reset, address by address from 0x01 on; what is left out is 0. */
const RESET_VALUES: Readonly<Record<number, number>> = {
  1: 0x40,
  3: 0x01,
  4: 0x01,
  17: 0x05,
  18: 0x19,
  19: 0xff,
  20: 0x19,
  21: 0xff,
  22: 0x3e,
  23: 0x8c,
  24: 0x0c,
  25: 0x6c,
  26: 0x36,
  27: 0x93,
  28: 0xf5,
  29: 0xa0,
  30: 0x20,
  31: 0x80,
  32: 0x33,
}
const READ_ONLY: readonly number[] = [DRV.STATUS, 0x21, DRV.LRA_PERIOD]
/** Mode, library, sequence, playback, voltages and feedback are what the model goes by. */
const MODELLED: readonly number[] = [DRV.MODE, DRV.RTP_INPUT, DRV.LIBRARY_SELECTION, DRV.GO, 0x16, 0x17, 0x1a]

const DEV_RESET = 0x80
const STANDBY = 0x40
const MODE_BITS = 0x07
const INTERNAL_TRIGGER = 0
const REAL_TIME_PLAYBACK = 5
const LIBRARY_BITS = 0x07
const LRA_LIBRARY = 6
const N_ERM_LRA = 0x80
const WAIT = 0x80
const WAIT_UNIT_MS = 10
const DIAGNOSTIC_BITS = 0x0b
const OC_DETECT = 0x01
const DEVICE_ID_SHIFT = 5
const RTP_FULL = 127
/** Effects at 100 %, and how long they play; the one that is made to be stopped plays on. */
const EFFECT_MS: Readonly<Record<number, number>> = { 15: 750, 16: 1000, 118: Number.POSITIVE_INFINITY }
/** Section 9.3.1: I²C answers 250 µs after power. */
const POWER_UP_US = 250
/** How long DEV_RESET reads 1 is not published: longer than a write and shorter than a few reads. */
const RESET_US = 250
const US_PER_MS = 1000

export interface Drv2605lWiring {
  clock: VirtualClock
  /** What hangs on the outputs. */
  actuator: "lra" | "erm"
  /** The motor turns with `share` of its strength from now on. */
  onMotor(share: number): void
}

export class Drv2605lModel implements I2cChip {
  /** What can be wrong with it. */
  readonly faults = {
    /** It does not answer on the bus. */
    absent: false,
    /** Which chip of the family it says it is: 7, and 3 for a DRV2605. */
    deviceId: 7,
    /** The outputs are shorted: they stay off, which STATUS tells once something is to play. */
    shorted: false,
    /** A reset never ends. */
    resetHangs: false,
  }
  readonly #wiring: Drv2605lWiring
  readonly #bytes = new Uint8Array(0x23)
  #diagnostics = 0
  #resetEndsUs = 0
  #place = 0
  #next: ClockEvent | undefined
  #share = 0

  constructor(wiring: Drv2605lWiring) {
    this.#wiring = wiring
    this.#reset()
  }

  get isStandingBy(): boolean {
    return (this.#register(DRV.MODE) & STANDBY) !== 0
  }

  acknowledges(): boolean {
    return !this.faults.absent && this.#wiring.clock.nowUs >= POWER_UP_US
  }

  read(register: number, into: Uint8Array): void {
    for (let at = 0; at < into.length; at++) into[at] = this.#readByte(register + at)
  }

  write(register: number, value: number): void {
    if (READ_ONLY.includes(register) || register >= this.#bytes.length) return
    const isSequence = register >= DRV.WAVEFORM_SEQUENCER_1 && register <= DRV.WAVEFORM_SEQUENCER_8
    if (!isSequence && !MODELLED.includes(register) && value !== (RESET_VALUES[register] ?? 0))
      throw refused(register, value)
    if (register === DRV.MODE && value & DEV_RESET) {
      this.#reset()
      this.#resetEndsUs = this.#wiring.clock.nowUs + RESET_US
      return
    }
    const before = this.#register(register)
    this.#bytes[register] = value
    if (register === DRV.MODE && value !== before) this.#begin()
    // What happens to an effect that plays when GO is set again is not published: here it goes on.
    else if (register === DRV.GO && value !== before && !this.#isIn(REAL_TIME_PLAYBACK)) this.#begin()
    else if (register === DRV.RTP_INPUT && this.#isIn(REAL_TIME_PLAYBACK)) this.#playRealTime()
  }

  #readByte(register: number): number {
    if (register === DRV.STATUS) {
      const status = (this.faults.deviceId << DEVICE_ID_SHIFT) | (this.#diagnostics & DIAGNOSTIC_BITS)
      this.#diagnostics = 0
      return status
    }
    const isResetting = this.faults.resetHangs || this.#wiring.clock.nowUs < this.#resetEndsUs
    return this.#register(register) | (register === DRV.MODE && isResetting ? DEV_RESET : 0)
  }

  #register(register: number): number {
    return this.#bytes[register] ?? 0
  }

  #reset(): void {
    this.#bytes.fill(0)
    for (const [register, value] of Object.entries(RESET_VALUES)) this.#bytes[Number(register)] = value
    this.#stop()
  }

  #isIn(mode: number): boolean {
    return (this.#register(DRV.MODE) & (STANDBY | MODE_BITS)) === mode
  }

  /** Mode or GO was written. */
  #begin(): void {
    this.#stop()
    const mode = this.#register(DRV.MODE)
    if (mode & STANDBY) this.#bytes[DRV.GO] = 0
    else if (this.#isIn(REAL_TIME_PLAYBACK)) this.#playRealTime()
    else if (!this.#isIn(INTERNAL_TRIGGER)) throw refused(DRV.MODE, mode)
    else if (this.#register(DRV.GO) & 1) {
      this.#place = DRV.WAVEFORM_SEQUENCER_1
      this.#playNext()
    }
  }

  #stop(): void {
    this.#wiring.clock.cancel(this.#next)
    this.#drive(0)
  }

  /** Signed, and in both directions where CONTROL2 says so: what is below zero brakes. */
  #playRealTime(): void {
    this.#checkActuator()
    const signed = (this.#register(DRV.RTP_INPUT) << 24) >> 24
    this.#drive(Math.max(0, signed) / RTP_FULL)
  }

  #playNext(): void {
    const entry = this.#place > DRV.WAVEFORM_SEQUENCER_8 ? 0 : this.#register(this.#place)
    this.#place++
    if (entry === 0) {
      this.#bytes[DRV.GO] = 0
      this.#drive(0)
      return
    }
    const isWait = (entry & WAIT) !== 0
    const ms = isWait ? (entry & ~WAIT) * WAIT_UNIT_MS : EFFECT_MS[entry]
    if (ms === undefined) throw refused(this.#place - 1, entry)
    if (!isWait) this.#checkLibrary()
    this.#drive(isWait ? 0 : 1)
    const { clock } = this.#wiring
    if (Number.isFinite(ms)) this.#next = clock.at(clock.nowUs + ms * US_PER_MS, () => this.#playNext())
  }

  /** An effect of a library for the other kind of actuator is not what its name says. */
  #checkLibrary(): void {
    this.#checkActuator()
    const library = this.#register(DRV.LIBRARY_SELECTION) & LIBRARY_BITS
    if (library === 0 || (library === LRA_LIBRARY) !== (this.#wiring.actuator === "lra"))
      throw refused(DRV.LIBRARY_SELECTION, library)
  }

  /** A resonant actuator driven as a motor does not resonate, and a motor driven with alternating current trembles. */
  #checkActuator(): void {
    const feedback = this.#register(DRV.FEEDBACK_CONTROL)
    if (((feedback & N_ERM_LRA) !== 0) !== (this.#wiring.actuator === "lra"))
      throw refused(DRV.FEEDBACK_CONTROL, feedback)
  }

  #drive(wanted: number): void {
    if (wanted > 0 && this.faults.shorted) this.#diagnostics |= OC_DETECT
    const share = this.faults.shorted ? 0 : wanted
    if (share === this.#share) return
    this.#share = share
    this.#wiring.onMotor(share)
  }
}

function refused(register: number, value: number): Error {
  const [where, what] = [register, value].map((byte) => `0x${byte.toString(16).padStart(2, "0")}`)
  return new Error(`DRV2605L model: register ${where} = ${what} asks for something that is not modelled`)
}
