import test from "ava"
import fc from "fast-check"
import {
  BootRecord,
  clockRefused,
  UNIX_S_MAX,
  UNIX_S_MIN,
  unixSAt,
  ZONE_QUARTERS_MAX,
  ZONE_QUARTERS_MIN,
} from "../../src/storage/boot-record"
import { deriveDeviceId } from "../../src/storage/device-id"
import { STORAGE_PATH, type StorageKey } from "../../src/storage/kept-value"
import { seal } from "../../src/storage/sealed-value"
import { damaged, MemoryStorage } from "./virtual-storage"

const keyOf = (key: StorageKey) => `${STORAGE_PATH}/${key}`
const NOON_S = 1_800_000_000
const hex = (bytes: Uint8Array | ArrayBuffer | undefined) =>
  Buffer.from(new Uint8Array(bytes ?? [])).toString("hex")

function boot(storage: MemoryStorage, atLeast = 0, chipId: string | undefined = "chip 1"): BootRecord {
  return new BootRecord({ storage, chipId, atLeast })
}

/** Booted three times, the clock set in the third. */
function used(): MemoryStorage {
  const storage = new MemoryStorage()
  boot(storage)
  boot(storage)
  boot(storage).setClock(NOON_S, -14, 90_000)
  return storage
}

test("boots count up from 1, each stored before anything else", (t) => {
  const storage = new MemoryStorage()
  const written: string[] = []
  const watching = {
    open: (options: { path: string }) => {
      const domain = storage.open(options)
      return {
        ...domain,
        write: (key: string, value: ArrayBuffer) => {
          written.push(key)
          domain.write(key, value)
        },
      }
    },
  }
  for (const bootId of [1, 2, 3]) {
    const { note, bootId: counted } = new BootRecord({ storage: watching, chipId: "chip 1" })
    t.is(counted, bootId)
    t.is(note, undefined)
  }
  t.deepEqual(written, ["boot", "device", "boot", "boot"])
  t.is(storage.openDomains, 0)
})

const starts: [stored: number | undefined, atLeast: number, bootId: number][] = [
  [undefined, 0, 1],
  [undefined, 41, 42],
  [7, 0, 8],
  [7, 41, 42],
  [41, 7, 42],
]
for (const [stored, atLeast, bootId] of starts)
  test(`with ${stored} stored and ${atLeast} in flash this is boot ${bootId}`, (t) => {
    const storage = new MemoryStorage()
    if (stored !== undefined) storage.values.set(keyOf("boot"), seal(1, Uint8Array.of(stored, 0, 0, 0)))
    t.is(boot(storage, atLeast).bootId, bootId)
  })

test("a count damaged anywhere goes on after what flash and the clock know, with a note, and is stored so", (t) => {
  const sealed = used().values.get(keyOf("boot")) as ArrayBuffer
  for (let at = 0; at < sealed.byteLength; at++) {
    const storage = used()
    storage.values.set(keyOf("boot"), damaged(sealed, at))
    const record = boot(storage, 41)
    t.is(record.bootId, 42)
    t.regex(record.note ?? "", /^boot count: .*; it goes on after 41$/)
    t.is(boot(storage).bootId, 43)
    const withoutFlash = used()
    withoutFlash.values.set(keyOf("boot"), damaged(sealed, at))
    t.is(boot(withoutFlash).bootId, 4, "no boot is taken for the one that the clock is of")
  }
})

test("a storage that is full does not stop the boot: it is counted and told", (t) => {
  const storage = used()
  storage.full = true
  const record = boot(storage)
  t.is(record.bootId, 4)
  t.regex(record.note ?? "", /^boot count: cannot be stored: key-value: no space left$/)
  t.is(storage.openDomains, 0)
})

test("a storage that cannot be read does not stop the boot either", (t) => {
  const storage = used()
  storage.unreadable = true
  const record = boot(storage, 9)
  t.is(record.bootId, 10)
  t.regex(record.note ?? "", /^boot count: cannot be read/)
  t.is(record.anchor, undefined)
  t.deepEqual([...record.deviceId], new Array(8).fill(0))
})

test("the device's id is made of the chip's once and kept, whatever the chip says later", (t) => {
  const storage = new MemoryStorage()
  const { deviceId } = boot(storage)
  t.deepEqual(deviceId, deriveDeviceId("chip 1"))
  t.deepEqual(boot(storage, 0, "chip 2").deviceId, deviceId)
})

test("ids of chips that differ by one character differ in about half of their bits", (t) => {
  const ids = Array.from({ length: 100 }, (_, index) => deriveDeviceId(`f412fa8b${index + 100}`))
  t.is(new Set(ids.map(hex)).size, 100)
  const bits = (a: Uint8Array, b: Uint8Array) =>
    a.reduce((sum, byte, at) => sum + (byte ^ (b[at] as number)).toString(2).replaceAll("0", "").length, 0)
  const distances = ids.slice(1).map((id, index) => bits(id, ids[index] as Uint8Array))
  t.true(Math.min(...distances) >= 16)
  t.true(Math.abs(distances.reduce((sum, distance) => sum + distance) / distances.length - 32) < 2)
})

test("an id damaged anywhere is made anew with a note", (t) => {
  const sealed = used().values.get(keyOf("device")) as ArrayBuffer
  for (let at = 0; at < sealed.byteLength; at++) {
    const storage = used()
    storage.values.set(keyOf("device"), damaged(sealed, at))
    const record = boot(storage)
    t.deepEqual(record.deviceId, deriveDeviceId("chip 1"))
    t.regex(record.note ?? "", /^device id: .*; made anew$/)
    t.is(boot(storage).note, undefined)
  }
})

test("a board that knows no id has 0, and says so", (t) => {
  const record = new BootRecord({ storage: new MemoryStorage(), chipId: undefined })
  t.deepEqual([...record.deviceId], new Array(8).fill(0))
  t.is(record.note, "device id: this board has none")
})

test("the clock is anchored to this boot; the next boot knows the anchor and whose it is", (t) => {
  const storage = used()
  const anchor = { bootId: 3, uptimeMs: 90_000, unixS: NOON_S, zoneQuarters: -14, retainedMs: Number.NaN }
  const next = boot(storage)
  t.deepEqual(next.anchor, anchor)
  next.setClock(NOON_S + 60, 8, 1000)
  t.like(next.anchor, { bootId: 4, uptimeMs: 1000, unixS: NOON_S + 60, zoneQuarters: 8 })
})

const DAY_MS = 86_400_000
const carried: [what: string, gapsMs: number[], afterS: number | undefined][] = [
  ["over a sleep", [3_600_500], 3600],
  ["over as many as there are, to the second", Array(50).fill(10_999), 549],
  ["over sixty days", [60 * DAY_MS], 60 * 86_400],
  ["never back", [-1], undefined],
]
for (const [what, gapsMs, afterS] of carried)
  test(`a clock that goes on carries the time to the next boot: ${what}`, (t) => {
    const storage = new MemoryStorage()
    let retainedMs = 5000
    boot(storage).setClock(NOON_S, 8, 1000, retainedMs)
    let record = boot(new MemoryStorage())
    for (const gapMs of gapsMs) {
      retainedMs += gapMs
      record = new BootRecord({ storage, chipId: "chip 1", wentOn: { retainedMs, uptimeMs: 200 } })
    }
    const { anchor, bootId } = record
    t.is(anchor?.bootId === bootId ? unixSAt(anchor, 200) - NOON_S : undefined, afterS)
    t.is(record.zoneQuarters, 8)
  })

test("a boot in which the clock did not go on ends that, and so does one that stored none", (t) => {
  const storage = new MemoryStorage()
  boot(storage).setClock(NOON_S, 8, 1000, 5000)
  boot(storage)
  const wentOn = { retainedMs: 90_000, uptimeMs: 200 }
  const afterLoss = new BootRecord({ storage, chipId: "chip 1", wentOn })
  t.is(afterLoss.anchor?.bootId, 1)
  const other = used()
  t.is(new BootRecord({ storage: other, chipId: "chip 1", wentOn }).anchor?.bootId, 3)
})

test("a zone that is told first is that of the time that follows, and is not stored without one", (t) => {
  const storage = new MemoryStorage()
  const record = boot(storage)
  t.is(record.zoneQuarters, undefined)
  record.setZone(-14)
  t.is(record.zoneQuarters, -14)
  t.is(boot(storage).zoneQuarters, undefined)
  record.setClock(NOON_S, 8, 1000)
  t.is(record.zoneQuarters, 8)
})

test("a zone that is told in another boot than the time does not date that boot anew", (t) => {
  const storage = used()
  const { anchor } = boot(storage)
  const record = boot(storage)
  t.is(record.zoneQuarters, anchor?.zoneQuarters)
  record.setZone(8)
  t.is(record.zoneQuarters, 8)
  t.deepEqual(record.anchor, anchor)
})

test("a zone that is told after the time leaves the instant as it is", (t) => {
  const record = boot(new MemoryStorage())
  record.setClock(NOON_S, 4, 90_000)
  record.setZone(8)
  t.like(record.anchor, { bootId: 1, uptimeMs: 90_000, unixS: NOON_S, zoneQuarters: 8 })
})

test("what is no zone is refused, whether the time is known or not", (t) => {
  const record = boot(new MemoryStorage())
  const tell = (zone: number) => () => record.setZone(zone)
  for (const zone of [ZONE_QUARTERS_MIN - 1, ZONE_QUARTERS_MAX + 1, 0.5]) {
    t.throws(tell(zone), { instanceOf: RangeError, message: /^clock: zone/ })
    t.is(record.zoneQuarters, undefined)
  }
  record.setClock(NOON_S, 4, 0)
  t.throws(tell(ZONE_QUARTERS_MAX + 1), { instanceOf: RangeError, message: /^clock: zone/ })
  t.is(record.zoneQuarters, 4)
})

test("without a phone there is no anchor and nothing to say about it", (t) => {
  const record = boot(new MemoryStorage())
  t.is(record.anchor, undefined)
  t.is(record.note, undefined)
})

test("an anchor damaged anywhere is none, with a note, never another time", (t) => {
  const sealed = used().values.get(keyOf("clock")) as ArrayBuffer
  for (let at = 0; at < sealed.byteLength; at++) {
    const storage = used()
    storage.values.set(keyOf("clock"), damaged(sealed, at))
    const record = boot(storage)
    t.is(record.anchor, undefined)
    t.regex(record.note ?? "", /^clock: .*; the time is unknown$/)
    t.is(record.bootId, 4)
  }
})

test("a storage that fails leaves the anchor as it is", (t) => {
  const storage = used()
  const record = boot(storage)
  storage.full = true
  t.throws(() => record.setClock(NOON_S + 5, 0, 5000), { message: /no space/ })
  t.is(record.anchor?.bootId, 3)
})

const refused: [what: string, unixS: number, zoneQuarters: number][] = [
  ["the last second of 2023", Date.UTC(2023, 11, 31, 23, 59, 59) / 1000, 0],
  ["the first of 2100", Date.UTC(2100, 0, 1) / 1000, 0],
  ["1970", 0, 0],
  ["half a second", NOON_S + 0.5, 0],
  ["no number", Number.NaN, 0],
  ["a zone west of the last", NOON_S, ZONE_QUARTERS_MIN - 1],
  ["a zone east of the last", NOON_S, ZONE_QUARTERS_MAX + 1],
  ["half a quarter", NOON_S, 0.5],
]
for (const [what, unixS, zoneQuarters] of refused)
  test(`${what} is refused, and the anchor stays`, (t) => {
    const record = boot(used())
    t.throws(() => record.setClock(unixS, zoneQuarters, 5000), {
      instanceOf: RangeError,
      message: /^clock: /,
    })
    t.is(record.anchor?.bootId, 3)
  })

test("the first second of 2024, the last of 2099 and the zones at the ends are taken", (t) => {
  t.is(UNIX_S_MIN, Date.UTC(2024, 0, 1) / 1000)
  t.is(UNIX_S_MAX, Date.UTC(2100, 0, 1) / 1000 - 1)
  for (const unixS of [UNIX_S_MIN, UNIX_S_MAX])
    for (const zone of [-48, 56]) t.is(clockRefused(unixS, zone), undefined)
})

test("ms of the boot become unix time, before the anchor and after it, and over a clock that wraps", (t) => {
  const anchor = { bootId: 1, uptimeMs: 90_000, unixS: NOON_S, zoneQuarters: 0 }
  const shifts = fc.integer({ min: -90_000, max: 2 ** 30 })
  fc.assert(
    fc.property(shifts, (shiftMs) =>
      t.is(unixSAt(anchor, 90_000 + shiftMs), NOON_S + Math.floor(shiftMs / 1000)),
    ),
  )
  t.is(unixSAt({ ...anchor, uptimeMs: 2 ** 31 - 1000 }, -(2 ** 31) + 4000), NOON_S + 5)
})

const versions: [what: string, key: StorageKey, format: number, payload: number[], isRead: boolean][] = [
  ["a count with something added", "boot", 2, [7, 0, 0, 0, 99], true],
  ["a count that is too short", "boot", 1, [7, 0, 0], false],
  ["a count of another generation", "boot", 16, [7, 0, 0, 0], false],
  ["an anchor with something added", "clock", 2, [7, 0, 0, 0, 1, 0, 0, 0, 0, 0x53, 0x7e, 0x6b, 4, 99], true],
  ["an anchor that is too short", "clock", 1, [7, 0, 0, 0, 1, 0, 0, 0, 0, 0x53, 0x7e, 0x6b], false],
  ["an anchor in 1970", "clock", 1, [7, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 4], false],
  ["an anchor of another generation", "clock", 16, [7, 0, 0, 0, 1, 0, 0, 0, 0, 0x53, 0x7e, 0x6b, 4], false],
  ["an id with something added", "device", 2, [1, 2, 3, 4, 5, 6, 7, 8, 9], true],
  ["an id that is too short", "device", 1, [1, 2, 3, 4, 5, 6, 7], false],
]
for (const [what, key, format, payload, isRead] of versions)
  test(`${what} is ${isRead ? "read" : "told, and the default stands"}`, (t) => {
    const storage = new MemoryStorage()
    storage.values.set(keyOf(key), seal(format, Uint8Array.from(payload)))
    const record = boot(storage)
    t.is(record.note === undefined, isRead, record.note)
    if (key !== "device") t.is(record.bootId, isRead ? 8 : 1)
    if (key === "clock") t.is(record.anchor?.zoneQuarters, isRead ? 4 : undefined)
    if (key === "device")
      t.is(hex(record.deviceId), isRead ? "0102030405060708" : hex(deriveDeviceId("chip 1")))
  })

test("the stored bytes are those of their formats", (t) => {
  const { values } = used()
  t.is(hex(values.get(keyOf("boot"))).slice(0, -8), "01040003000000")
  t.is(hex(values.get(keyOf("clock"))).slice(0, -8), "02150003000000905f010000d2496bf2000000000000f87f")
  t.is(hex(values.get(keyOf("device"))).slice(0, -24), "010800")
})
