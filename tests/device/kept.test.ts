/** What outlasts the power, seen from outside: factory reset by the button, the clock, fault counts, and what is damaged. */
import test from "ava"
import { VirtualBoard } from "../../hosts/virtual/board"
import type { BoardOptions } from "../../hosts/virtual/protocol"
import { toHex } from "../../hosts/virtual/protocol"
import { KNOWN_PHONE, knowing } from "../../simulator/phone/known-phone"
import { Phone } from "../../simulator/phone/phone"
import { StatusFlag } from "../../src/ble/layouts"
import type { KeyValueStorage } from "../../src/io"
import { startDevice } from "../../src/main"
import { seal } from "../../src/storage/sealed-value"
import { defaultSettings } from "../../src/storage/settings"
import { projectRecording, toldBy, Wear } from "./wear"

const NOON_S = 1_800_000_000
const MIN_MS = 60_000
const DAMAGED = {
  patella: { settings: "00", name: "00", calibration: "00", faults: "00", boot: "00", clock: "00" },
}

/** Worn, calibrated, named and set, with a routine begun and left: what is stored then. */
async function usedStorage(): Promise<NonNullable<BoardOptions["keyValue"]>> {
  const wear = await Wear.boot()
  await wear.play(await projectRecording("S01.csv.gz"), 0, 28)
  await wear.phone.connect()
  await wear.phone.set("leg", 2)
  await wear.phone.setDeviceName("Jörgs Knie")
  await wear.phone.setClock(NOON_S, 8)
  await wear.phone.askCoach("start", 2)
  await wear.phone.askCoach("stop")
  const { patella, ...others } = await wear.link.storage()
  return { ...others, patella: { ...patella, faults: sealedHex(new Array(24).fill(1)) } }
}
const used = await usedStorage()

/** Switched on with the button held, and let go after `heldMs`. */
async function heldFor(heldMs: number, options: BoardOptions = { keyValue: used }, engine?: "xs") {
  const wear = await Wear.boot(engine, { ...options, buttonPressed: true })
  await wear.link.advance(heldMs)
  await wear.link.pressButton(false)
  await wear.link.advance(10_000)
  await wear.phone.connect()
  return wear
}

for (const engine of [undefined, "xs"] as const)
  test(`the button held for five seconds from switching on, and then let go, puts all back but the runs${engine ? " (XS)" : ""}`, async (t) => {
    const wear = await heldFor(5200, undefined, engine)
    t.deepEqual(await wear.phone.settings(), defaultSettings())
    t.is(await wear.phone.deviceName(), "Patella")
    t.true(Object.values(await wear.phone.faultCounts()).every((count) => count === 0))
    t.deepEqual((await wear.phone.coachLog()).entries, [])
    const { flags, calibrationVersion } = await wear.phone.status()
    t.is(flags & (StatusFlag.calibrated | StatusFlag.settingsReset | StatusFlag.calibrationLost), 0)
    t.is(calibrationVersion, 0)
    t.deepEqual(
      wear.pulsesMs().map((ms) => Math.round(ms / 10) * 10),
      [120, 1000, 1000, Number.NaN],
      "told to let go (cut short by it), forgotten, and the first of those that tell that the phone paired anew, still played",
    )
    t.is(wear.eventsNamed("factoryReset").length, 1)
    t.is((await wear.phone.identity()).bootId, 2, "the device stays the same")
    const keyValue = await wear.link.storage()
    await wear.engine.close()
    const again = await Wear.boot(undefined, { keyValue })
    await again.phone.connect()
    t.deepEqual(await again.phone.settings(), defaultSettings())
    t.is((await again.phone.status()).flags & StatusFlag.calibrated, 0)
    t.is(again.eventsNamed("fault").length, 0)
  })

for (const heldMs of [0, 1000, 4700, 15_500, 100_000])
  test(`held for ${heldMs} ms it forgets nothing`, async (t) => {
    const wear = await heldFor(heldMs)
    t.is((await wear.phone.settings()).leg, 2)
    t.is(await wear.phone.deviceName(), "Jörgs Knie")
    t.is((await wear.phone.coachLog()).entries.length, 1)
    t.is((await wear.phone.faultCounts()).motor, 0x01010101)
    t.true(((await wear.phone.status()).flags & StatusFlag.calibrated) !== 0)
    t.is(wear.eventsNamed("factoryReset").length, 0)
  })

test("let go and pressed again, or pressed later than at switching on, it does nothing", async (t) => {
  const wear = await Wear.boot(undefined, { keyValue: used, buttonPressed: true })
  await wear.link.advance(3000)
  await wear.link.pressButton(false)
  await wear.link.advance(200)
  await wear.link.pressButton(true)
  await wear.link.advance(10_000)
  t.is(wear.eventsNamed("factoryReset").length, 0)
  const later = await Wear.boot(undefined, { keyValue: used })
  await later.link.pressButton(true)
  await later.link.advance(10_000)
  t.is(later.eventsNamed("factoryReset").length, 0)
})

test("a device that is closed while the button is held does not reset", (t) => {
  const virtual = new VirtualBoard({ keyValue: used, buttonPressed: true })
  const device = startDevice(virtual.board)
  virtual.advance(1000)
  device.close()
  virtual.advance(10_000)
  t.false((toldBy(virtual).events ?? []).some(({ name }) => name === "factoryReset"))
  t.notThrows(
    () => new virtual.pins.Digital({ pin: virtual.board.button?.pin ?? 0, mode: 0 }),
    "the pin is free",
  )
})

test("a reset that cannot be stored buzzes for an error, and the stored values stay", (t) => {
  const virtual = new VirtualBoard({ keyValue: used, buttonPressed: true })
  startDevice({ ...virtual.board, keyValue: withoutWrites(virtual.keyValue) })
  virtual.advance(7000)
  toldBy(virtual)
  virtual.pressButton(false)
  virtual.advance(3000)
  const { events = [], motor = [] } = toldBy(virtual)
  t.is(motor.filter(({ duty }) => duty > 0).length, 5)
  t.is(events.find(({ name }) => name === "factoryReset")?.detail, "not all could be stored")
  t.deepEqual(virtual.keyValue.image(), used)
})

test("a board without a button, or whose button cannot be read, runs", (t) => {
  for (const button of [undefined, { io: class {} as never, pin: 4 }]) {
    const virtual = new VirtualBoard()
    const { button: _, ...board } = virtual.board
    startDevice({ ...board, ...(button && { button }) })
    virtual.advance(1000)
    const told = toldBy(virtual).events ?? []
    t.true(told.some(({ name, detail }) => name === "sensor" && detail === "measuring"))
    t.is(told.filter(({ name }) => name === "fault").length, button ? 1 : 0)
  }
})

test("the time that a phone tells holds for this boot alone; the next one has another number", async (t) => {
  const first = await Wear.boot(undefined, { keyValue: used })
  await first.phone.connect()
  t.like(await first.phone.identity(), { bootId: 2, unixS: 0, zoneQuarters: 0 })
  await first.phone.setClock(NOON_S, 8)
  await first.link.advance(MIN_MS)
  t.like(await first.phone.identity(), { bootId: 2, unixS: NOON_S + 60, zoneQuarters: 8 })
  const second = await Wear.boot(undefined, { keyValue: await first.link.storage() })
  await second.phone.connect()
  t.like(await second.phone.identity(), { bootId: 3, unixS: 0, zoneQuarters: 0 })
})

test("whatever is damaged, the device starts with defaults and says so; what is written anew is well again", async (t) => {
  const wear = await Wear.boot(undefined, { keyValue: DAMAGED })
  await wear.phone.connect()
  t.deepEqual(await wear.phone.settings(), defaultSettings())
  t.is(await wear.phone.deviceName(), "Patella")
  const LOST = StatusFlag.settingsReset | StatusFlag.calibrationLost | StatusFlag.countsReset
  const { flags, faults } = await wear.phone.status()
  t.is(flags & LOST, LOST)
  t.is(faults, 4)
  t.deepEqual(
    wear.eventsNamed("fault").map(({ detail }) => detail.split(":")[0]),
    ["boot count", "stored fault counts", "stored settings", "stored calibration"],
  )
  t.is((await wear.phone.faultCounts()).storage, 4)
  await wear.phone.set("leg", 1)
  await wear.phone.setDeviceName("Knee")
  await wear.phone.setClock(NOON_S, 0)
  await wear.phone.command("calibrate")
  await wear.link.advance(2 * MIN_MS)
  const again = await Wear.boot(undefined, { keyValue: await wear.link.storage() })
  await again.phone.connect()
  t.is((await again.phone.status()).flags & LOST, 0)
  t.is((await again.phone.faultCounts()).storage, 4)
})

test("a stored calibration that only another firmware can read is told", async (t) => {
  const wear = await Wear.boot(undefined, { keyValue: { patella: { calibration: sealedHex([7, 0, 9, 9]) } } })
  await wear.phone.connect()
  t.true(((await wear.phone.status()).flags & StatusFlag.calibrationLost) !== 0)
  t.regex(
    wear.eventsNamed("fault")[0]?.detail ?? "",
    /^stored calibration: not one that this firmware can read/,
  )
})

test("faults are counted over boots by kind, and stored once an hour at most", async (t) => {
  const virtual = new VirtualBoard({ thigh: { present: false } })
  let writes = 0
  const counting: KeyValueStorage = {
    open: (options) => {
      const domain = virtual.keyValue.open(options)
      return {
        ...domain,
        write: (key, value) => {
          if (key === "faults") writes++
          domain.write(key, value)
        },
      }
    },
  }
  startDevice({ ...virtual.board, keyValue: counting })
  virtual.advance(30_000)
  t.is(writes, 0)
  virtual.advance(MIN_MS)
  t.is(writes, 1)
  // The chip comes and goes.
  for (let minute = 0; minute < 110; minute++) {
    virtual.thigh.faults.absent = minute % 2 === 1
    virtual.advance(MIN_MS)
  }
  t.is(writes, 2)
  const again = new VirtualBoard(knowing({ keyValue: virtual.keyValue.image() }))
  startDevice(again.board)
  const phone = new Phone(async (request) => again.link.handle(request), KNOWN_PHONE)
  await phone.connect()
  const { sensor, ...others } = await phone.faultCounts()
  t.true(sensor > 10, `${sensor}`)
  t.true(Object.values(others).every((count) => count === 0))
})

test("fault counts that are due in a bout are stored after it", async (t) => {
  const recording = await projectRecording("S01.csv.gz")
  const wear = await Wear.boot(undefined, { keyValue: { patella: { settings: "00" } } })
  const stored = async () => (await wear.link.storage()).patella?.faults
  await wear.play(recording, 0, 75)
  t.is(await stored(), undefined)
  await wear.play(recording, 75, 94.4)
  t.truthy(await stored())
})

test("what is not stored yet is stored when the device is closed", (t) => {
  const virtual = new VirtualBoard({ thigh: { present: false } })
  const device = startDevice(virtual.board)
  virtual.advance(5000)
  t.is(virtual.keyValue.image().patella?.faults, undefined)
  device.close()
  t.regex(virtual.keyValue.image().patella?.faults ?? "", /^011800010000000000/)
})

function withoutWrites(storage: KeyValueStorage): KeyValueStorage {
  return {
    open: (options) => ({
      ...storage.open(options),
      write: () => {
        throw new Error("NVS is full")
      },
    }),
  }
}

function sealedHex(payload: number[]): string {
  return toHex(new Uint8Array(seal(1, Uint8Array.from(payload))))
}
