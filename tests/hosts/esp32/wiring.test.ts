import { readFileSync } from "node:fs"
import test from "ava"
import { PIN } from "../../../hosts/esp32/xiao_esp32c3/wiring"
import { VirtualBoard } from "../../../hosts/virtual/board"

/** Seeed Studio, XIAO ESP32C3 pin map. */
const GPIO_OF_PAD: Record<string, number> = { D1: 3, D2: 4, D3: 5, D4: 6, D5: 7, D6: 21, D7: 20, D10: 10 }

test("the virtual board is wired as the XIAO ESP32C3 is", (t) => {
  const { battery, motor, thigh, shank, button } = new VirtualBoard({ shank: {} }).board
  const { data, clock } = thigh.sensor
  const interrupts = { shankInterrupt: shank?.interrupt.pin, sensorInterrupt: thigh.interrupt.pin }
  t.deepEqual(
    { battery: battery.pin, button: button?.pin, ...interrupts, data, clock, motor: motor.pin },
    PIN,
  )
  t.deepEqual([shank?.sensor.data, shank?.sensor.clock], [data, clock], "one bus")
  t.not(shank?.sensor.address, thigh.sensor.address)
})

test("each wire has a pin of its own that the board brings out, and none that decides how the chip starts", (t) => {
  const pins: number[] = Object.values(PIN)
  t.is(new Set(pins).size, pins.length)
  for (const pin of pins) t.true(Object.values(GPIO_OF_PAD).includes(pin), `GPIO ${pin}`)
})

test("the battery is on ADC1, and the thigh's interrupt and the button can wake the chip from deep sleep", (t) => {
  t.true(PIN.battery <= 4, "ESP32-C3 datasheet, ADC1: GPIO 0 to 4")
  for (const pin of [PIN.sensorInterrupt, PIN.button])
    t.true(pin <= 5, "ESP32-C3 datasheet, RTC GPIO: 0 to 5")
})

test("the guide for makers names these pads and pins", (t) => {
  const guide = readFileSync(new URL("../../../docs/building-for-a-board.md", import.meta.url), "utf8")
  const rows = [...guide.matchAll(/^ *\| (D[D\d, ]+) \| ([\d, ]+) \|/gm)]
  const column = (at: number) => rows.flatMap((row) => row[at]?.split(", ") ?? [])
  const pins = column(2).map(Number)
  t.deepEqual(pins, Object.values(PIN))
  t.deepEqual(
    column(1).map((pad) => GPIO_OF_PAD[pad]),
    pins,
  )
})
