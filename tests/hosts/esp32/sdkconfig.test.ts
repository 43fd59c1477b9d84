import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import test from "ava"
import { StackBonds } from "../../../hosts/virtual/bonds"
import { GATT_SERVICES } from "../../../src/ble/characteristic"
import { BOND_LIMIT } from "../../../src/storage/bond-list"
import { BOARDS, type BoardFolder, builtWith } from "./boards"

const SUBSCRIBABLE_LIMIT = 6
/** Generic Attribute's 0x2A05, which the stack may have of its own. */
const SERVICE_CHANGED = 1

/** ESP-IDF v6.0: components/esp_pm, freertos, bootloader and esp_hw_support, Kconfig. */
const EVERY_BOARD = [
  "CONFIG_PM_ENABLE",
  "CONFIG_FREERTOS_USE_TICKLESS_IDLE",
  "CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE",
  "CONFIG_ESP_BROWNOUT_DET",
]
/** The same: components/bt/controller/esp32 and esp32c3, Kconfig.in. Neither board has a crystal of 32 kHz on the chip. */
const RADIO_SLEEP: Record<BoardFolder, string[]> = {
  m5stick_cplus: [
    "CONFIG_BTDM_CTRL_MODEM_SLEEP",
    "CONFIG_BTDM_CTRL_MODEM_SLEEP_MODE_ORIG",
    "CONFIG_BTDM_CTRL_LPCLK_SEL_MAIN_XTAL",
  ],
  xiao_esp32c3: [
    "CONFIG_BT_CTRL_MODEM_SLEEP",
    "CONFIG_BT_CTRL_MODEM_SLEEP_MODE_1",
    "CONFIG_BT_CTRL_LPCLK_SEL_MAIN_XTAL",
    "CONFIG_BT_CTRL_MAIN_XTAL_PU_DURING_LIGHT_SLEEP",
  ],
}

const subscribable = GATT_SERVICES.flatMap(({ characteristics }) => characteristics)
  .filter(({ notify }) => notify)
  .map(({ uuid }) => uuid)

for (const board of BOARDS) {
  const file = join(builtWith(board, "SDKCONFIGPATH"), "sdkconfig.defaults")
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split("=") as [string, string])
  const settings = new Map(lines)
  const setting = (name: string) => Number(settings.get(name))

  test(`${board}: the SDK finds the settings where the manifest says, each once`, (t) => {
    t.true(existsSync(file))
    t.is(settings.size, lines.length)
    // mcmanifest.js (SDK 8.2.3) takes what stands between the first "=" and the next.
    for (const [name, value, ...rest] of lines) {
      t.regex(name, /^CONFIG_[A-Z0-9_]+$/)
      t.truthy(value)
      t.deepEqual(rest, [])
    }
  })

  test(`${board}: processor and radio may sleep, power that fails is seen, an update that fails goes back`, (t) => {
    for (const name of [...EVERY_BOARD, ...RADIO_SLEEP[board]]) t.is(settings.get(name), "y", name)
  })

  test(`${board}: an image is checked before it runs`, (t) => {
    // The SDK sets it for the ESP32 (xsProj-esp32), and not for the ESP32-C3.
    t.is(settings.get("CONFIG_BOOTLOADER_SKIP_VALIDATE_ALWAYS") ?? "n", "n")
    if (board === "m5stick_cplus") t.true(settings.has("CONFIG_BOOTLOADER_SKIP_VALIDATE_ALWAYS"))
  })

  test(`${board}: the stack keeps the keys of the phones on the list and of one stranger, also without power`, (t) => {
    t.is(setting("CONFIG_BT_NIMBLE_MAX_BONDS"), BOND_LIMIT + 1)
    t.is(settings.get("CONFIG_BT_NIMBLE_NVS_PERSIST"), "y")
  })

  test(`${board}: the virtual board's stack keeps as many`, (t) => {
    const bonds = new StackBonds()
    for (let phone = 0; phone < 10; phone++) bonds.pair(`00000000000${phone}`)
    t.is(bonds.image().length, setting("CONFIG_BT_NIMBLE_MAX_BONDS"))
  })

  test(`${board}: no phone's keys are deleted for want of room for subscriptions`, (t) => {
    t.true(subscribable.length > 0)
    const needed = (subscribable.length + SERVICE_CHANGED) * setting("CONFIG_BT_NIMBLE_MAX_BONDS")
    t.true(setting("CONFIG_BT_NIMBLE_MAX_CCCDS") >= needed, `${needed} descriptors`)
  })
}

test("six characteristics at most can be subscribed to", (t) => {
  t.true(subscribable.length <= SUBSCRIBABLE_LIMIT, subscribable.join())
})
