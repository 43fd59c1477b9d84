import test from "ava"
import { BATTERY_FULL_SCALE_MV, PIN } from "../../hosts/esp32/xiao_esp32c3/wiring"
import { VirtualBoard } from "../../hosts/virtual/board"
import { AdcBattery, type AdcBatteryWiring } from "../../src/drivers/adc-battery"

function wiringOf({ io }: VirtualBoard): AdcBatteryWiring {
  return { io: io.Analog, pin: PIN.battery, mvFullScale: BATTERY_FULL_SCALE_MV }
}

test("the ADC's scatter averages out", (t) => {
  const wiring = wiringOf(new VirtualBoard({ batteryMv: 3712 }))
  const scatter = [9, -9, 6, -6, 3, -3, 1, -1]
  let readings = 0
  const io = class extends wiring.io {
    override read(): number {
      return super.read() + (scatter[readings++ % scatter.length] ?? 0)
    }
  }
  t.is(new AdcBattery({ ...wiring, io }).readMv(), new AdcBattery(wiring).readMv())
})

test("the voltage comes through the divider to the ADC's resolution", (t) => {
  for (const batteryMv of [3300, 3712, 4187]) {
    const battery = new AdcBattery(wiringOf(new VirtualBoard({ batteryMv })))
    t.true(Math.abs(battery.readMv() - batteryMv) <= 1)
    battery.close()
    t.throws(() => battery.readMv(), { message: /closed/ })
  }
})

test("a supply shows on its pin, where the board has one", (t) => {
  const virtual = new VirtualBoard()
  t.false(new AdcBattery(wiringOf(virtual)).isCharging())
  const pin = 21
  const battery = new AdcBattery({ ...wiringOf(virtual), supply: { io: virtual.io.Digital, pin } })
  t.false(battery.isCharging())
  virtual.pins.drive(pin, 1)
  t.true(battery.isCharging())
  battery.close()
  t.notThrows(() => new virtual.io.Digital({ pin, mode: virtual.io.Digital.Input }), "its pin is free")
})
