import test from "ava"
import { REG } from "../../../hosts/virtual/axp192-registers"
import { Axp192Bench } from "../../drivers/axp192-bench"

test("without DC-DC1 the processor is off, and so is the board", (t) => {
  const bench = new Axp192Bench()
  bench.model.write(REG.OUTPUTS, 0x4c)
  t.is(bench.off, 1)
})

test("a converter that is switched off keeps what it measured last, and one that is on measures 25 times a second", (t) => {
  const bench = new Axp192Bench(3900)
  const counts = () => (bench.register(REG.BATTERY_VOLTAGE) << 4) | bench.register(REG.BATTERY_VOLTAGE + 1)
  t.is(counts(), Math.floor(3900 / 1.1))
  bench.cell.batteryMv = 3500
  bench.pass(39)
  t.is(counts(), Math.floor(3900 / 1.1))
  bench.pass(1)
  t.is(counts(), Math.floor(3500 / 1.1))
  bench.model.write(REG.ADC_ENABLE_1, 0x03)
  bench.set(4000)
  t.is(counts(), Math.floor(3500 / 1.1))
})

test("charging: a tenth below 3 V, none when full, again 100 mV below", (t) => {
  const bench = new Axp192Bench(2990, true)
  t.is(bench.model.chargeMa, 78)
  t.is(bench.register(REG.CHARGE_STATUS), 0x60)
  t.is(bench.register(REG.POWER_STATUS), 0x34)
  bench.set(4200)
  t.is(bench.register(REG.CHARGE_STATUS), 0x20)
  bench.set(4101)
  t.is(bench.model.chargeMa, 0)
  bench.set(4099)
  t.is(bench.model.chargeMa, 780)
  bench.model.write(REG.CHARGE_CONTROL_1, 0x48)
  t.is(bench.model.chargeMa, 0, "switched off")
})

test("the interrupt stands until its bit is written, where it is enabled", (t) => {
  const bench = new Axp192Bench()
  bench.set(3900, true)
  t.is(bench.irq.at(-1), 0)
  bench.model.write(REG.IRQ_STATUS_1, 0x08)
  t.is(bench.irq.at(-1), 0, "the charger's")
  bench.model.write(REG.IRQ_STATUS_2, 0x08)
  t.is(bench.irq.at(-1), 1)
  bench.set(3900, false)
  t.is(bench.register(REG.IRQ_STATUS_1), 0x04, "told, though it is not enabled")
  bench.set(3300)
  t.is(bench.register(REG.IRQ_STATUS_4), 0x01)
  bench.set(3420)
  t.is(bench.register(REG.IRQ_STATUS_4), 0x01, "below level 1")
  bench.set(3460)
  t.is(bench.register(REG.IRQ_STATUS_4), 0x00)
})

test("a short press and a long one are told apart", (t) => {
  const bench = new Axp192Bench()
  bench.model.pressKey(1499)
  t.is(bench.register(REG.IRQ_STATUS_3), 0x02)
  bench.model.write(REG.IRQ_STATUS_3, 0x03)
  bench.model.pressKey(1500)
  t.is(bench.register(REG.IRQ_STATUS_3), 0x01)
})

test("what is not modelled is refused aloud, and what is reserved takes no write", (t) => {
  const bench = new Axp192Bench()
  t.throws(() => bench.model.write(REG.COULOMB_CONTROL, 0x80), { message: /not modelled/ })
  t.throws(() => bench.register(0xb0), { message: /not modelled/ })
  bench.model.write(REG.POWER_STATUS, 0xff)
  t.is(bench.register(REG.POWER_STATUS), 0x00)
})
