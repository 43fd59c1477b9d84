import { existsSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import test from "ava"
import { StackBonds } from "../../../hosts/virtual/bonds"
import { GATT_SERVICES } from "../../../src/ble/characteristic"
import { BOND_LIMIT } from "../../../src/storage/bond-list"
import { ROOT } from "./moddable-manifest"

const MANIFEST = "hosts/esp32/xiao_esp32c3/manifest.json"
const SUBSCRIBABLE_LIMIT = 6
/** Generic Attribute's 0x2A05, which the stack may have of its own. */
const SERVICE_CHANGED = 1

const { build } = JSON.parse(readFileSync(join(ROOT, MANIFEST), "utf8"))
const file = join(ROOT, dirname(MANIFEST), build.SDKCONFIGPATH, "sdkconfig.defaults")
const settings = new Map(
  readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split("=") as [string, string]),
)
const setting = (name: string) => Number(settings.get(name))

const subscribable = GATT_SERVICES.flatMap(({ characteristics }) => characteristics)
  .filter(({ notify }) => notify)
  .map(({ uuid }) => uuid)

test("the SDK finds the settings where the manifest says", (t) => {
  t.true(existsSync(file))
  // mcmanifest.js (SDK 8.2.3) takes what stands between the first "=" and the next.
  for (const [name, value, ...rest] of settings) {
    t.regex(name, /^CONFIG_[A-Z0-9_]+$/)
    t.truthy(value)
    t.deepEqual(rest, [])
  }
})

test("the stack keeps the keys of the phones on the list and of one stranger, also without power", (t) => {
  t.is(setting("CONFIG_BT_NIMBLE_MAX_BONDS"), BOND_LIMIT + 1)
  t.is(settings.get("CONFIG_BT_NIMBLE_NVS_PERSIST"), "y")
})

test("the virtual board's stack keeps as many", (t) => {
  const bonds = new StackBonds()
  for (let phone = 0; phone < 10; phone++) bonds.pair(`00000000000${phone}`)
  t.is(bonds.image().length, setting("CONFIG_BT_NIMBLE_MAX_BONDS"))
})

test("no phone's keys are deleted for want of room for subscriptions", (t) => {
  t.true(subscribable.length > 0)
  const needed = (subscribable.length + SERVICE_CHANGED) * setting("CONFIG_BT_NIMBLE_MAX_BONDS")
  t.true(setting("CONFIG_BT_NIMBLE_MAX_CCCDS") >= needed, `${needed} descriptors`)
})

test("six characteristics at most can be subscribed to", (t) => {
  t.true(subscribable.length <= SUBSCRIBABLE_LIMIT, subscribable.join())
})
