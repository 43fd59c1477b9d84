/**
 * The parts of a board, as models: what the processor's buses and pins are wired to. Each kind of board has its own (boards/), and hands the
 * firmware the same parts as the real one does.
 */
import type { Board } from "../../src/board"
import type { IoClasses } from "../../src/io"
import type { Axp192Model, Cell } from "./axp192"
import type { VirtualClock } from "./clock"
import type { VirtualPins } from "./digital"
import type { Drv2605lModel } from "./drv2605l"
import type { ImuModel } from "./imu-model"
import type { BoardOptions } from "./protocol"
import type { VirtualI2cBus } from "./smbus"
import type { DisplayIo } from "./spi"
import type { St7789Model } from "./st7789"

export interface Equipment {
  readonly thigh: ImuModel
  readonly shank: ImuModel | undefined
  /** The chip that drives the motor, where there is one. */
  readonly haptic?: Drv2605lModel | undefined
  /** Charges the battery and supplies the rest; undefined where no chip of ours does. */
  readonly pmic?: Axp192Model
  /** The display, where there is one. */
  readonly screen?: St7789Model
  /** What a firmware gets of it that starts: what one before knew of its parts went with the processor's memory. */
  parts(): Pick<Board, "thigh" | "shank" | "bus" | "motor" | "battery" | "button" | "display">
  readonly buttonPin: number
  /** Has this level while the thigh's sensor interrupts: what wakes the processor when it moves. */
  readonly motion: { readonly pin: number; readonly level: number }
  /** A pin's duty is now `share` of full. */
  pwm(pin: number, share: number): void
  /** Voltage at a pin, as a share of full scale. */
  analog(pin: number): number
  /** The battery's voltage or its supply is another now. */
  batteryChanged(): void
}

/** What the parts are wired to. */
export interface Surroundings {
  readonly clock: VirtualClock
  readonly bus: VirtualI2cBus
  readonly pins: VirtualPins
  readonly io: IoClasses
  readonly displayIo: DisplayIo
  readonly options: BoardOptions
  readonly battery: Cell
  /** The motor turns with `share` of its strength. */
  onMotor(share: number): void
  /** A chip takes the processor's power away. */
  powerOff(): never
}
