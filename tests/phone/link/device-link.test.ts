/** The phone's link to the firmware on the virtual board: let in by a press, read, asked for things, left; and what it does when it may not. */
import test, { type ExecutionContext } from "ava"
import type { LinkState } from "../../../phone/link/link-state"
import { SelfTestPart } from "../../../src/ble/layouts"
import { CURRENT_TIME_SERVICE, PATELLA } from "../../../src/ble/profile"
import { type AirTransport, LinkWorld, recordedFlash } from "./link-world"

const SLOW_S = 3
const MS_PER_S = 1000
const { currentTime, localTime } = CURRENT_TIME_SERVICE.characteristics
const flash = recordedFlash(1)

async function worldOf(t: ExecutionContext): Promise<LinkWorld> {
  const world = await LinkWorld.boot(await flash)
  t.teardown(() => world.close())
  return world
}

async function connected(t: ExecutionContext): Promise<LinkWorld> {
  const world = await worldOf(t)
  await world.link.choose()
  t.is(world.state.phase, "ready")
  return world
}

/** The status that is read tells this version of the profile. */
function tellVersion(transport: AirTransport, version: number): void {
  const plain = transport.read.bind(transport)
  transport.read = async (uuid) => {
    const value = await plain(uuid)
    if (uuid === PATELLA.characteristics.status.uuid) value[0] = version
    return value
  }
}

test("a new device lets the first phone in: it is read, kept and synced, and its clock is set", async (t) => {
  const { link, keeper, phases, transport, nowMs } = await connected(t)
  t.deepEqual(phases, ["choosing", "connecting", "syncing", "ready"])
  const { device, status, settings, sync, failure } = link.state
  t.like(device, { name: "Patella", board: "virtual", firmware: "0.1.0", side: "unknown", isCharging: false })
  t.is(device?.batteryPercent, status?.batteryPercent)
  t.is(settings?.thresholdDeg, 30)
  t.is(failure, undefined)
  t.like(sync, { runsDone: 1, runsTotal: 1, failed: [] })
  t.deepEqual(sync?.added, [...keeper.runs.records.keys()])
  const [kept] = await keeper.devices()
  t.like(kept, { id: device?.id, name: "Patella", firmware: "0.1.0", board: "virtual" })
  t.true(Math.abs((kept?.seenMs ?? 0) - nowMs) < SLOW_S * MS_PER_S)
  t.regex(kept?.id ?? "", /^[0-9a-f]{16}$/)
  t.true(transport.connected)
})

for (const pairsAtRead of [false, true])
  test(`a device that knows other phones waits for its button${pairsAtRead ? ", and drops who reads before" : ""}`, async (t) => {
    const world = await worldOf(t)
    world.transport.pairsAtRead = pairsAtRead
    await world.closeWindow()
    world.beforeWait = async () => {
      if (world.waits.length === 3) await world.press()
    }
    await world.link.choose()
    t.deepEqual(world.phases, ["choosing", "connecting", "pairing", "connecting", "syncing", "ready"])
    const pairing = world.states.find(({ phase }) => phase === "pairing")
    t.is(pairing?.failure?.kind, "notPairing")
    t.regex(pairing?.failure?.toDo ?? "", /^Press the button/)
    t.is(world.state.failure, undefined)
    t.is(world.keeper.runs.records.size, 1)
  })

test("without a press it is given up after a minute, and works after one", async (t) => {
  const world = await worldOf(t)
  await world.closeWindow()
  const beganMs = world.nowMs
  await world.link.choose()
  t.is(world.state.phase, "idle")
  t.is(world.state.failure?.kind, "notPairing")
  const tookS = (world.nowMs - beganMs) / MS_PER_S
  t.true(tookS >= 60 && tookS < 65, `${tookS} s`)
  await world.press()
  await world.link.reconnect()
  t.is(world.state.phase, "ready")
})

test("the wearer may give up waiting for the press; nothing is told after that", async (t) => {
  const world = await worldOf(t)
  await world.closeWindow()
  world.beforeWait = () => world.link.disconnect()
  await world.link.choose()
  t.deepEqual(world.phases, ["choosing", "connecting", "pairing", "idle"])
  t.deepEqual(world.state, { phase: "idle" })
  t.false(world.transport.connected)
})

test("a device that has forgotten this phone is told from one that never knew it", async (t) => {
  const world = await worldOf(t)
  await world.closeWindow()
  world.beforeWait = () => world.link.disconnect()
  const known = await world.finder.choose()
  await world.link.reconnect(known)
  t.is(world.states.find(({ phase }) => phase === "pairing")?.failure?.kind, "forgotten")
})

test("the clock is set once in a boot, and again when it is off or in another zone", async (t) => {
  const world = await connected(t)
  const again = async () => {
    await world.link.disconnect()
    await world.link.reconnect()
    t.is(world.state.phase, "ready")
    t.is(world.written(localTime.uuid), world.written(currentTime.uuid))
    return world.written(currentTime.uuid)
  }
  t.is(world.written(currentTime.uuid), 1)
  t.is(await again(), 1)
  world.aheadMs = 1000
  t.is(await again(), 1)
  world.aheadMs = 4000
  t.is(await again(), 2)
  world.zoneMinutes = -210
  t.is(await again(), 3)
  t.is(await again(), 3)
  await world.transport.lose()
  await world.board.reboot("power")
  await world.board.advance(MS_PER_S)
  t.is(await again(), 4)
})

test("a setting is set and read back; a value that is none is refused in words and changes nothing", async (t) => {
  const { link } = await connected(t)
  t.true(await link.set("thresholdDeg", 40))
  t.is(link.state.settings?.thresholdDeg, 40)
  t.false(await link.set("thresholdDeg", 1))
  t.like(link.state, { phase: "ready", failure: { kind: "refused", toDo: "Choose another value." } })
  t.regex(link.state.failure?.detail ?? "", /thresholdDeg is 1; it takes whole numbers from/)
  t.is(link.state.settings?.thresholdDeg, 40)
  t.true(await link.set("thresholdDeg", 35))
  t.is(link.state.failure, undefined)
})

test("the side that the device tells is kept; while it tells none, the one that was", async (t) => {
  const world = await connected(t)
  const reconnected = async () => {
    await world.link.disconnect()
    await world.link.reconnect()
    return world.state.device?.side
  }
  t.true(await world.link.set("leg", 1))
  t.is(await reconnected(), "left")
  t.true(await world.link.set("leg", 0))
  t.is(await reconnected(), "left")
  t.true(await world.link.set("leg", 2))
  t.is(await reconnected(), "right")
})

test("a device is called by another name", async (t) => {
  const { link, keeper } = await connected(t)
  t.true(await link.rename("Jörgs Knie"))
  t.is(link.state.device?.name, "Jörgs Knie")
  t.is((await keeper.devices())[0]?.name, "Jörgs Knie")
  t.false(await link.rename("a name that is longer than that"))
  t.regex(link.state.failure?.detail ?? "", /it takes 1 to 20/)
  t.is(link.state.device?.name, "Jörgs Knie")
})

test("a command is done, or refused when it cannot be now", async (t) => {
  const { link } = await connected(t)
  t.true(await link.command("findMe"))
  t.false(await link.command("markPain"))
  t.like(link.state, { phase: "ready", failure: { kind: "refused" } })
})

test("the device tests itself when it is asked to, and tells what it found", async (t) => {
  const { link } = await connected(t)
  t.is(link.state.selfTest, undefined)
  t.true(await link.selfTest())
  const { tested = 0, failed = 0, atMs } = link.state.selfTest ?? {}
  t.not(atMs, 0)
  t.is(tested & SelfTestPart.thighSensor, SelfTestPart.thighSensor)
  t.is(failed & ~tested, 0)
  t.is(failed & SelfTestPart.thighSensor, 0)
})

test("the live measurement is told while it is followed, and the status as it changes", async (t) => {
  const { link, board, states } = await connected(t)
  await board.advance(3000)
  t.is(link.state.live, undefined)
  t.true(await link.followLive(true))
  await board.advance(3000)
  const live = link.state.live
  t.truthy(live)
  t.true(await link.followLive(false))
  await board.advance(3000)
  t.is(link.state.live, undefined)
  const flags = link.state.status?.flags
  await board.changeBattery({ supply: true })
  await board.advance(20_000)
  t.not(link.state.status?.flags, flags)
  t.true(link.state.device?.isCharging)
  t.false(states[0]?.device?.isCharging ?? false, "a state that was told does not change")
})

test("a link that is lost is told; the device is found again without pairing", async (t) => {
  const world = await connected(t)
  await world.link.followLive(true)
  await world.closeWindow()
  await world.transport.lose()
  await world.turn()
  t.like(world.state, { phase: "lost", live: undefined, failure: { kind: "lost" }, retry: undefined })
  t.truthy(world.state.device, "what is known of it stays")
  t.false(await world.link.set("thresholdDeg", 40))
  await world.link.reconnect()
  t.is(world.state.phase, "ready")
  t.is(world.state.failure, undefined)
})

for (const [version, kind] of [
  [6, "newer"],
  [4, "older"],
] as const)
  test(`a device of another version of the profile (${version}) is not read, and left`, async (t) => {
    const world = await worldOf(t)
    tellVersion(world.transport, version)
    await world.link.choose()
    t.like(world.state, { phase: "idle", failure: { kind } })
    t.false(world.transport.connected)
    t.deepEqual(await world.keeper.devices(), [])
    t.is(world.transport.writes.length, 0)
  })

test("what keeps a phone from a device is told: no Bluetooth here, off, nothing chosen, nobody near", async (t) => {
  const world = await worldOf(t)
  const { finder, link } = world
  const near = finder.choose
  const kindAfter = async (step: Promise<void>): Promise<LinkState> => {
    await step
    t.is(world.state.phase, "idle")
    return world.state
  }
  finder.lack = "bluetoothOnIphone"
  t.like(await kindAfter(link.choose()), { failure: { kind: "bluetoothOnIphone" } })
  delete finder.lack
  finder.choose = async () => {
    throw Object.assign(new Error("User cancelled the requestDevice() chooser."), { name: "NotFoundError" })
  }
  t.like(await kindAfter(link.choose()), { failure: { kind: "noneChosen" } })
  world.isOn = false
  t.like(await kindAfter(link.choose()), { failure: { kind: "off" } })
  world.isOn = true
  finder.choose = near
  world.transport.isNear = false
  t.like(await kindAfter(link.choose()), { failure: { kind: "outOfRange" } })
})

test("what makes no sense now does nothing", async (t) => {
  const world = await worldOf(t)
  const { link } = world
  await link.sync()
  await link.reconnect()
  link.abortSync()
  t.false(await link.set("thresholdDeg", 40))
  t.false(await link.command("findMe"))
  t.false(await link.rename("Knee"))
  t.false(await link.followLive(true))
  await link.disconnect()
  t.deepEqual(world.phases, ["idle"])
  const first = link.choose()
  await link.choose()
  await link.reconnect()
  await first
  t.deepEqual(world.phases, ["idle", "choosing", "connecting", "syncing", "ready"])
  await link.choose()
  t.is(world.state.phase, "ready")
})

test("a choice that was given up says nothing when it comes", async (t) => {
  const world = await worldOf(t)
  const near = world.finder.choose
  world.finder.choose = async () => {
    await world.link.disconnect()
    return near()
  }
  await world.link.choose()
  t.deepEqual(world.state, { phase: "idle" })
  t.is(world.transport.requests, 0)
})
