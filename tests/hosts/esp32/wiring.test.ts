import { readFileSync } from "node:fs"
import test from "ava"
import { PIN as STICK_PIN } from "../../../hosts/esp32/m5stick_cplus/wiring"
import { PIN } from "../../../hosts/esp32/xiao_esp32c3/wiring"

/** Seeed Studio, XIAO ESP32C3 pin map. */
const GPIO_OF_PAD: Record<string, number> = { D1: 3, D2: 4, D3: 5, D4: 6, D5: 7, D6: 21, D7: 20, D10: 10 }

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
  const guide = readFileSync(new URL("../../../docs/making-one.md", import.meta.url), "utf8")
  const rows = [...guide.matchAll(/^ *\| (D[D\d, ]+) \| ([\d, ]+) \|/gm)]
  const column = (at: number) => rows.flatMap((row) => row[at]?.split(", ") ?? [])
  const pins = column(2).map(Number)
  t.deepEqual(pins, Object.values(PIN))
  t.deepEqual(
    column(1).map((pad) => GPIO_OF_PAD[pad]),
    pins,
  )
})

/** ESP32 datasheet, "RTC_MUX": what can wake the chip from deep sleep; and GPIO 34 to 39 are inputs only. */
const ESP32_RTC_GPIO = [0, 2, 4, 12, 13, 14, 15, 25, 26, 27, 32, 33, 34, 35, 36, 37, 38, 39]
const ESP32_FIRST_INPUT_ONLY = 34

test("an M5StickC Plus: interrupt and button can wake the chip from deep sleep, and what is driven is on pins that drive", (t) => {
  const pins: number[] = Object.values(STICK_PIN)
  t.is(new Set(pins).size, pins.length)
  for (const pin of [STICK_PIN.sensorInterrupt, STICK_PIN.button])
    t.true(ESP32_RTC_GPIO.includes(pin), `GPIO ${pin}`)
  for (const pin of [STICK_PIN.motor, STICK_PIN.data, STICK_PIN.clock])
    t.true(pin < ESP32_FIRST_INPUT_ONLY, `GPIO ${pin}`)
})
