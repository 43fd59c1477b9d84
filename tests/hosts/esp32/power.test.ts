/** hosts/esp32/power.c on a model of either chip: why it started, and what it does before it sleeps. */
import test from "ava"
import { type PowerControl, Wake } from "../../../src/power/port"
import { outcomes } from "./idf/compiled"
import { withForeign } from "./idf/foreign"

type Pins = { button: number; sensorInterrupt: number; moved: 0 | 1; motor?: number }
type PowerConstructor = new (pins: Pins) => PowerControl

const NO_PIN = 0xff
const asked: [string, ...number[]][] = []
let failed = 0
const { EspPower } = await withForeign<{ EspPower: PowerConstructor }>("hosts/esp32/power.ts", {
  patella_wake(...pins: number[]) {
    asked.push(["wake", ...pins])
    return Wake.motion
  },
  patella_allow_light_sleep(isAllowed: number) {
    asked.push(["light", isAllowed])
    return failed
  },
  patella_sleep(...pins: number[]) {
    asked.push(["sleep", ...pins])
    return failed
  },
})

/** esp_system.h of ESP-IDF v6.0, in its order. */
const RESETS: [string, Wake][] = [
  ["UNKNOWN", Wake.power],
  ["POWERON", Wake.power],
  ["EXT", Wake.reset],
  ["SW", Wake.reset],
  ["PANIC", Wake.crash],
  ["INT_WDT", Wake.crash],
  ["TASK_WDT", Wake.crash],
  ["WDT", Wake.crash],
  ["DEEPSLEEP", Wake.motion],
  ["BROWNOUT", Wake.brownOut],
  ["SDIO", Wake.reset],
  ["USB", Wake.reset],
  ["JTAG", Wake.reset],
  ["EFUSE", Wake.power],
  ["PWR_GLITCH", Wake.brownOut],
  ["CPU_LOCKUP", Wake.crash],
]

const CHIPS = [
  { chip: "ESP32C3", button: "4", motion: "5", low: ["4"], high: ["5"], held: "10 at 0" },
  { chip: "ESP32", button: "37", motion: "35", low: ["35", "37"], high: [], held: "26 at 0" },
]

for (const { chip, button, motion, low, high, held } of CHIPS) {
  const outcome = outcomes("power-main.c", "power.c", chip)
  const asleep = (lows: string[], highs: string[], kept = held) =>
    `asleep; low:${lows.map((pin) => ` ${pin}`).join("")}; high:${highs.map((pin) => ` ${pin}`).join("")}; held:${kept === "" ? "" : ` ${kept}`}`

  for (const [index, [reset, wake]] of RESETS.entries())
    test(`${chip}: why it started, after ${reset}`, (t) => t.is(outcome.get(`reset ${index}`), `${wake}`))

  test(`${chip}: after sleep it tells what woke it, and the button counts for more`, (t) => {
    t.is(outcome.get("by the button"), `${Wake.button}`)
    t.is(outcome.get("by motion"), `${Wake.motion}`)
    t.is(outcome.get("by both"), `${Wake.button}`)
  })

  test(`${chip}: what was held in sleep is free again`, (t) => {
    t.is(outcome.get("taken back"), "0 0")
    t.is(outcome.get("without a motor"), `${Wake.button}`)
  })

  test(`${chip}: light sleep lets the clock fall to the crystal's and pins wake; without it the clock stays`, (t) => {
    t.is(outcome.get("light sleep"), "0x0 40 160 1 1")
    t.is(outcome.get("no light sleep"), "0x0 160 160 0")
  })

  test(`${chip}: in deep sleep it waits for its lines alone, Bluetooth is down, the motor's pin held low`, (t) => {
    t.is(outcome.get("by motion or button"), asleep(low, high))
    t.is(outcome.get("Bluetooth"), "1; other wake-ups: 0")
    t.is(outcome.get("by the button alone"), asleep([button], []))
    t.is(outcome.get("without motor or Bluetooth"), asleep(low, high, ""))
  })

  test(`${chip}: a line that stands already is not waited for while there is another`, (t) => {
    const without = (pin: string) =>
      asleep(
        low.filter((one) => one !== pin),
        high.filter((one) => one !== pin),
      )
    t.is(outcome.get("the button stuck"), without(button))
    t.is(outcome.get("the sensor's line stuck"), without(motion))
  })

  test(`${chip}: what is to wake it already there, it starts anew`, (t) => {
    t.is(outcome.get("both stuck"), "restarted")
    t.is(outcome.get("the button pressed, and nothing else to wake by"), "restarted")
  })

  test(`${chip}: with a pin that cannot wake it, it stays awake and on air`, (t) => {
    t.is(outcome.get("a pin that cannot wake"), "error 0x102")
    t.is(outcome.get("Bluetooth then"), "2")
  })
}

test("ESP32C3: lines that nothing drives are held by the pins' own resistors", (t) => {
  t.regex(outcomes("power-main.c", "power.c", "ESP32C3").get("no wires") ?? "", /^asleep; low: 4; high: 5;/)
})

test.serial("the pins go to C in its order", (t) => {
  asked.length = 0
  failed = 0
  const power = new EspPower({ button: 4, sensorInterrupt: 5, motor: 10, moved: 1 })
  t.is(power.wake, Wake.motion)
  power.allowLightSleep(true)
  power.allowLightSleep(false)
  power.sleep(true)
  power.sleep(false)
  new EspPower({ button: 37, sensorInterrupt: 35, moved: 0 }).sleep(true)
  t.deepEqual(asked, [
    ["wake", 4, 5, 10],
    ["light", 1],
    ["light", 0],
    ["sleep", 4, 5, 10, 1],
    ["sleep", 4, NO_PIN, 10, 1],
    ["wake", 37, 35, NO_PIN],
    ["sleep", 37, 35, NO_PIN, 0],
  ])
})

test.serial("what ESP-IDF refuses is told with its number", (t) => {
  failed = 0x102
  const power = new EspPower({ button: 4, sensorInterrupt: 5, moved: 1 })
  t.throws(() => power.sleep(true), { message: /deep sleep: ESP-IDF error 0x102/ })
  t.throws(() => power.allowLightSleep(true), { message: /light sleep: ESP-IDF error 0x102/ })
})
