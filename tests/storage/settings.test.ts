import test from "ava"
import { STORAGE_PATH, StorageKey } from "../../src/storage/kept-value"
import { seal } from "../../src/storage/sealed-value"
import {
  defaultSettings,
  encodeSettings,
  SETTINGS,
  SETTINGS_FORMAT,
  type Settings,
  SettingsStore,
  settingRefused,
} from "../../src/storage/settings"
import { damaged, MemoryStorage } from "./virtual-storage"

const KEY = `${STORAGE_PATH}/${StorageKey.settings}`
const sealSettings = (settings: Settings) => seal(SETTINGS_FORMAT, encodeSettings(settings))

test("the defaults, each within its range, each with an id of its own", (t) => {
  t.like(defaultSettings(), {
    thresholdDeg: 30,
    pauseLimitS: 120,
    overloadCompressions: 2500,
    overloadCompressionsAgain: 500,
    overloadDegreeSecondsPerMinute: 130,
    overloadDegreeSecondsMinutes: 10,
    overloadDepthDeg: 5,
    overloadDepthRecentCycles: 20,
    overloadDepthFirstCycle: 50,
    overloadDepthLastCycle: 250,
    buzzIntervalS: 180,
    buzzesPerRun: 6,
    buzzStrengthPercent: 100,
  })
  for (const setting of SETTINGS) t.is(settingRefused(setting.name, setting.default), undefined)
  t.is(new Set(SETTINGS.map(({ id }) => id)).size, SETTINGS.length)
  t.is(new Set(SETTINGS.map(({ name }) => name)).size, SETTINGS.length)
})

for (const { name, min, max } of SETTINGS) {
  test(`${name} takes ${min} and ${max}, nothing beyond and no fraction`, (t) => {
    for (const value of [min, max]) t.is(settingRefused(name, value), undefined)
    for (const value of [min - 1, max + 1, min + 0.5, Number.NaN]) {
      t.regex(settingRefused(name, value) ?? "", new RegExp(`^${name} is .*from ${min} to ${max}`))
    }
  })
}

test("an unknown name is refused with the names that there are", (t) => {
  t.regex(settingRefused("treshold", 30) ?? "", /^there is no setting "treshold"; there are thresholdDeg, /)
})

test("what was set is there after the next boot", (t) => {
  const storage = new MemoryStorage()
  const store = new SettingsStore(storage)
  store.set("thresholdDeg", 40)
  t.is(store.values.thresholdDeg, 40)
  t.is(storage.openDomains, 0)
  const next = new SettingsStore(storage)
  t.is(next.note, undefined)
  t.like(next.values, { ...defaultSettings(), thresholdDeg: 40 })
})

test("settings sealed outside boot the device with them", (t) => {
  const storage = new MemoryStorage()
  storage.values.set(KEY, sealSettings({ ...defaultSettings(), buzzesPerRun: 0 }))
  t.is(new SettingsStore(storage).values.buzzesPerRun, 0)
})

test("the stored bytes stay those that earlier firmware stored: each setting's id, then its value", (t) => {
  const payload = encodeSettings(defaultSettings())
  const ids = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19]
  t.deepEqual(
    Array.from({ length: payload.length / 5 }, (_, at) => payload[5 * at]),
    ids,
  )
  t.is(SETTINGS_FORMAT, 3)
  t.deepEqual([...payload.subarray(10, 15)], [3, 0xc4, 0x09, 0, 0], "overloadCompressions: 2,500")
})

test("a refused value changes nothing", (t) => {
  const storage = new MemoryStorage()
  const store = new SettingsStore(storage)
  t.throws(() => store.set("thresholdDeg", 19), { message: /20 to 60/ })
  t.like(store.values, defaultSettings())
  t.is(storage.values.size, 0)
})

test("a storage that fails changes nothing and says so", (t) => {
  const storage = new MemoryStorage()
  const store = new SettingsStore(storage)
  storage.full = true
  t.throws(() => store.set("thresholdDeg", 40), { message: /no space/ })
  t.is(store.values.thresholdDeg, 30)
})

test("settings damaged anywhere give way to defaults, all of them, with a note", (t) => {
  const sealed = sealSettings({ ...defaultSettings(), thresholdDeg: 40, leg: 2 })
  for (let at = 0; at < sealed.byteLength; at++) {
    const storage = new MemoryStorage()
    storage.values.set(KEY, damaged(sealed, at))
    const store = new SettingsStore(storage)
    t.like(store.values, defaultSettings())
    t.regex(store.note ?? "", /^stored settings: .*; defaults in force$/)
  }
})

test("a damaged name is noted with the settings", (t) => {
  const storage = new MemoryStorage()
  new SettingsStore(storage).setName(new TextEncoder().encode("Knee"))
  const key = `${STORAGE_PATH}/${StorageKey.name}`
  storage.values.set(key, damaged(storage.values.get(key) as ArrayBuffer, 4))
  const store = new SettingsStore(storage)
  t.regex(store.note ?? "", /^stored name: CRC/)
  storage.values.set(KEY, seal(1, Uint8Array.of(1, 99, 0, 0, 0)))
  t.regex(new SettingsStore(storage).note ?? "", /^stored settings: thresholdDeg is 99.*; stored name: CRC/)
  store.reset()
  t.is(store.note, undefined)
})

test("settings reset are the defaults, also after the next boot; a storage that fails leaves them as they were", (t) => {
  const storage = new MemoryStorage()
  const store = new SettingsStore(storage)
  store.set("leg", 1)
  storage.full = true
  t.throws(() => store.reset(), { message: /no space/ })
  t.is(store.values.leg, 1)
  storage.full = false
  store.setName(new TextEncoder().encode("Knee"))
  t.is(store.name, "Knee")
  store.reset()
  t.is(store.name, "Patella")
  t.like(store.values, defaultSettings())
  t.like(new SettingsStore(storage).values, defaultSettings())
})

test("of a stored value out of range only that one falls back; an id of another firmware is passed over", (t) => {
  const payload = new Uint8Array(15)
  const view = new DataView(payload.buffer)
  const entries: [id: number, value: number][] = [
    [1, 99],
    [200, 1],
    [2, 60],
  ]
  entries.forEach(([id, value], index) => {
    view.setUint8(index * 5, id)
    view.setInt32(index * 5 + 1, value, true)
  })
  const storage = new MemoryStorage()
  storage.values.set(KEY, seal(1, payload))
  const store = new SettingsStore(storage)
  t.like(store.values, { ...defaultSettings(), pauseLimitS: 60 })
  t.regex(store.note ?? "", /thresholdDeg is 99; .*; default in force$/)
})
