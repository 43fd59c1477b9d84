import test from "ava"
import fc from "fast-check"
import { REG } from "../../hosts/virtual/axp192-registers"
import { Axp192Part } from "../../src/drivers/axp192"
import { AXP192_ADDRESS } from "../../src/drivers/axp192-registers"
import { ChipError } from "../../src/drivers/chip-error"
import { Axp192Bench } from "./axp192-bench"

test("the cell's voltage is told to a count of the chip's converter", (t) => {
  const bench = new Axp192Bench()
  const gauge = bench.part.open()
  fc.assert(
    fc.property(fc.integer({ min: 3100, max: 4350 }), (mv) => {
      bench.set(mv)
      const off = mv - gauge.readMv()
      return off >= -1 && off <= 2
    }),
  )
  t.pass()
})

test("a supply is told, be the cell full or not; a cell alone is none", (t) => {
  const bench = new Axp192Bench()
  const gauge = bench.part.open()
  t.false(gauge.isCharging())
  bench.set(3900, true)
  t.true(gauge.isCharging())
  t.is(bench.model.chargeMa, 100)
  bench.set(4200)
  t.is(bench.model.chargeMa, 0, "full")
  t.true(gauge.isCharging())
  bench.set(4150, false)
  t.false(gauge.isCharging())
})

test("the cell is charged to 4.2 V with 100 mA, less than what empties it in an hour", (t) => {
  const bench = new Axp192Bench(3700, true)
  t.is(bench.model.chargeMa, 780, "as the chip comes")
  bench.part.open()
  t.is(bench.model.chargeMa, 100)
  bench.set(4199)
  t.is(bench.model.chargeMa, 100)
  bench.set(4200)
  t.is(bench.model.chargeMa, 0)
})

test("without a cell there is no voltage of one", (t) => {
  const bench = new Axp192Bench(0, true)
  const gauge = bench.part.open()
  t.throws(() => gauge.readMv(), { message: /no cell/ })
  t.true(gauge.isCharging())
})

test("the display is dark from the start, and its supply and light are switched apart; the processor's supply stays on", (t) => {
  const bench = new Axp192Bench()
  const { model } = bench
  t.true(model.isOutputOn("ldo2"), "as the chip comes")
  const power = bench.part.open()
  const outputs = () =>
    (["dcdc1", "dcdc3", "ldo2", "ldo3"] as const).filter((output) => model.isOutputOn(output))
  t.deepEqual(outputs(), ["dcdc1"])
  power.setSupply(true)
  t.deepEqual(outputs(), ["dcdc1", "ldo3"])
  power.setBacklight(true)
  t.deepEqual(outputs(), ["dcdc1", "ldo2", "ldo3"])
  power.setSupply(false)
  t.deepEqual(outputs(), ["dcdc1", "ldo2"])
  power.setBacklight(false)
  t.deepEqual(outputs(), ["dcdc1"])
  t.is(bench.off, 0)
  t.is(bench.register(REG.LDO_VOLTAGES), 0xcc, "3.0 V both")
})

test("a misread register does not take the processor's supply away", (t) => {
  const bench = new Axp192Bench()
  const io = class extends bench.bus.SMBus {
    override readUint8(register: number): number {
      return register === REG.OUTPUTS ? 0 : super.readUint8(register)
    }
  }
  new Axp192Part({ io, address: AXP192_ADDRESS }).open().setBacklight(true)
  t.is(bench.off, 0)
  t.true(bench.model.isOutputOn("dcdc1"))
})

test("the interrupt line is let go, and stays so: a sensor shares it", (t) => {
  const bench = new Axp192Bench()
  bench.set(3900, true)
  bench.model.pressKey(100)
  t.is(bench.irq.at(-1), 0, "as the chip comes")
  bench.part.open()
  t.is(bench.irq.at(-1), 1)
  bench.irq.length = 0
  bench.set(3900, false)
  bench.set(3300)
  bench.set(4200, true)
  bench.model.pressKey(100)
  bench.model.pressKey(1500)
  t.deepEqual([...new Set(bench.irq)], [1])
})

test("off is all off, by the driver; and by the chip when the cell would come to harm or the key is held", (t) => {
  const told = new Axp192Bench()
  told.part.open().powerOff()
  t.is(told.off, 1)
  t.false(told.model.acknowledges())

  const drained = new Axp192Bench()
  drained.part.open()
  drained.set(3001)
  t.is(drained.off, 0)
  drained.set(2999)
  t.is(drained.off, 1)

  const held = new Axp192Bench()
  held.part.open()
  held.model.pressKey(3900)
  t.is(held.off, 0)
  held.model.pressKey(4000)
  t.is(held.off, 1)
})

test("who uses the chip shares one driver, which anyone may close: it opens for the next, and the display stays as it was", (t) => {
  const bench = new Axp192Bench()
  const gauge = bench.part.open()
  const power = bench.part.open()
  t.is(power, gauge)
  power.setSupply(true)
  gauge.close()
  const other = new bench.bus.SMBus({ address: AXP192_ADDRESS })
  t.throws(() => gauge.readMv(), { message: /duplicate address/ }, "its address is free for others")
  other.close()
  power.setBacklight(true)
  t.is(bench.part.open(), gauge)
  t.true(gauge.readMv() > 0)
  t.true(bench.model.isOutputOn("ldo3"), "it is not configured anew")
  t.true(bench.model.isOutputOn("ldo2"))
})

test("a chip that does not answer is an error that names it, and leaves the address free", (t) => {
  const bench = new Axp192Bench()
  bench.model.faults.absent = true
  const error = t.throws(() => bench.part.open(), { instanceOf: ChipError })
  t.is(error?.kind, "bus")
  t.regex(error?.message ?? "", /AXP192 at 0x34: ADC_ENABLE/)
  bench.model.faults.absent = false
  const gauge = bench.part.open()
  bench.model.faults.absent = true
  t.throws(() => gauge.readMv(), { message: /CHARGE_STATUS/ })
  bench.model.faults.absent = false
  t.true(gauge.readMv() > 0)
})
