/**
 * A vibration motor on TI's DRV2605L (datasheet SLOS854D). At full strength it plays effects of the chip's library. Weaker it plays in real time: the
 * library's steps are 20 % apart and their lengths unpublished, while a pattern says what it says by lengths. The outputs are not calibrated, which would
 * shake for half a second and is worth it in the assembled device alone (section 8.5.6): the chip's own defaults hold.
 */
import { type BusWiring, ChipRegisters } from "./chip-registers"
import type { Motor } from "./driver"
import {
  type Actuator,
  ALERT_1000_MS,
  DEV_RESET,
  DEVICE_ID_SHIFT,
  DRV2605L,
  DRV2605L_ID,
  DrvRegister,
  INTERNAL_TRIGGER,
  LONG_BUZZ,
  OC_DETECT,
  OVER_TEMP,
  REAL_TIME_PLAYBACK,
  RTP_FULL,
  STANDBY,
} from "./drv2605l-registers"

const PERCENT = 100
const ALERT_MS = 1000
/** A reset is over before the next read: a read takes about 100 µs at 400 kHz. */
const RESET_READS = 50

export class Drv2605l implements Motor {
  private readonly registers: ChipRegisters

  /** @throws ChipError when no DRV2605L answers; the bus is free again then */
  constructor(wiring: BusWiring, actuator: Actuator) {
    const registers = new ChipRegisters(DRV2605L, wiring)
    this.registers = registers
    try {
      this.identify()
      this.reset()
      registers.write(DrvRegister.FEEDBACK_CONTROL, actuator.feedbackControl)
      registers.write(DrvRegister.RATED_VOLTAGE, actuator.ratedVoltage)
      registers.write(DrvRegister.OD_CLAMP, actuator.overdriveClamp)
      registers.write(DrvRegister.LIBRARY_SELECTION, actuator.library)
    } catch (error) {
      registers.close()
      throw error
    }
  }

  /** @throws ChipError */
  start(percent: number, ms: number): void {
    const registers = this.registers
    this.silence()
    if (percent < PERCENT) {
      registers.write(DrvRegister.RTP_INPUT, Math.round((RTP_FULL * percent) / PERCENT))
      registers.write(DrvRegister.MODE, REAL_TIME_PLAYBACK)
      return
    }
    registers.write(DrvRegister.MODE, INTERNAL_TRIGGER)
    // The alert ends by itself, even if the processor stops meanwhile. What follows in the sequence is 0, its end, since the reset.
    registers.write(DrvRegister.WAVEFORM_SEQUENCER_1, ms === ALERT_MS ? ALERT_1000_MS : LONG_BUZZ)
    registers.write(DrvRegister.GO, 1)
  }

  /** The chip brakes by itself. @throws ChipError also when the outputs failed meanwhile: kind `output` */
  stop(): void {
    this.silence()
    const status = this.registers.read(DrvRegister.STATUS)
    if (status & OC_DETECT) throw this.failed("the motor draws too much: check its wires")
    if (status & OVER_TEMP) throw this.failed("the chip is too hot: let it cool")
  }

  rest(): void {
    this.registers.write(DrvRegister.MODE, STANDBY)
  }

  close(): void {
    try {
      this.silence()
      this.rest()
    } finally {
      this.registers.close()
    }
  }

  private silence(): void {
    this.registers.write(DrvRegister.GO, 0)
    this.registers.write(DrvRegister.RTP_INPUT, 0)
  }

  private identify(): void {
    const id = this.registers.read(DrvRegister.STATUS) >> DEVICE_ID_SHIFT
    if (id === DRV2605L_ID) return
    throw this.registers.error(
      "identity",
      DrvRegister.STATUS,
      `device ${id}, expected ${DRV2605L_ID}: check wiring and address`,
    )
  }

  private reset(): void {
    const registers = this.registers
    registers.write(DrvRegister.MODE, DEV_RESET)
    for (let read = 0; read < RESET_READS; read++)
      if ((registers.read(DrvRegister.MODE) & DEV_RESET) === 0) return
    throw registers.error("reset", DrvRegister.MODE, "DEV_RESET does not end: check the supply")
  }

  private failed(what: string): Error {
    return this.registers.error("output", DrvRegister.STATUS, what)
  }
}
