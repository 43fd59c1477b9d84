/**
 * A cell behind a divider on an ADC: its voltage in mV. Whether it is charged shows on a pin that the supply pulls up (through a divider too),
 * where the board has one.
 */
import type { Analog, AnalogConstructor, Digital, DigitalConstructor } from "../io"
import type { BatteryGauge } from "./driver"

/** Readings averaged: the ESP32's ADC scatters by some 10 mV. */
const READINGS = 8

export interface AdcBatteryWiring {
  readonly io: AnalogConstructor
  readonly pin: number
  /** Cell voltage at a full reading: the divider is in it. */
  readonly mvFullScale: number
  /** High while a supply is there. */
  readonly supply?: { readonly io: DigitalConstructor; readonly pin: number }
}

export class AdcBattery implements BatteryGauge {
  private readonly io: Analog
  private readonly fullScaleMv: number
  private readonly supply: Digital | undefined

  constructor({ io: Input, pin, mvFullScale, supply }: AdcBatteryWiring) {
    this.io = new Input({ pin })
    this.fullScaleMv = mvFullScale
    this.supply = supply && new supply.io({ pin: supply.pin, mode: supply.io.InputPullDown })
  }

  readMv(): number {
    let sum = 0
    for (let reading = 0; reading < READINGS; reading++) sum += this.io.read()
    return Math.round((sum * this.fullScaleMv) / (READINGS * (2 ** this.io.resolution - 1)))
  }

  isCharging(): boolean {
    return this.supply?.read() === 1
  }

  close(): void {
    this.io.close()
    this.supply?.close()
  }
}
