/** An AXP192 on a bus, with a cell that a test can change, and the driver's part for it. */
import { Axp192Model } from "../../hosts/virtual/axp192"
import { VirtualClock } from "../../hosts/virtual/clock"
import { VirtualI2cBus } from "../../hosts/virtual/smbus"
import { Axp192Part } from "../../src/drivers/axp192"
import { AXP192_ADDRESS } from "../../src/drivers/axp192-registers"

export class Axp192Bench {
  readonly clock = new VirtualClock()
  readonly bus = new VirtualI2cBus(this.clock)
  readonly cell: { batteryMv: number; hasSupply: boolean }
  /** Levels of the interrupt line, and the outputs, each time they were driven. */
  readonly irq: number[] = []
  readonly outputs: { ldo2: boolean; ldo3: boolean }[] = []
  off = 0
  readonly model: Axp192Model
  readonly part: Axp192Part

  constructor(batteryMv = 3900, hasSupply = false) {
    this.cell = { batteryMv, hasSupply }
    this.model = new Axp192Model({
      clock: this.clock,
      cell: this.cell,
      onIrq: (level) => this.irq.push(level),
      onOutputs: (outputs) => this.outputs.push(outputs),
      onOff: () => {
        this.off++
      },
    })
    this.bus.attach(AXP192_ADDRESS, this.model)
    this.part = new Axp192Part({ io: this.bus.SMBus, address: AXP192_ADDRESS })
  }

  /** The chip's voltage converter has seen it. */
  set(batteryMv: number, hasSupply = this.cell.hasSupply): void {
    Object.assign(this.cell, { batteryMv, hasSupply })
    this.model.update()
    this.pass(50)
  }

  pass(ms: number): void {
    this.clock.runUntil(this.clock.nowUs + ms * 1000)
  }

  /** What a register holds, past the driver. */
  register(address: number): number {
    const into = new Uint8Array(1)
    this.model.read(address, into)
    return into[0] as number
  }
}
