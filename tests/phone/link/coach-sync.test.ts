/** The device's coach log, as a phone reads it with the runs: dated where the time is known, and no hindrance where there is none. */
import test from "ava"
import { DeviceClient } from "../../../phone/link/device-client"
import { DeviceLink } from "../../../phone/link/device-link"
import type { ConnectableTransport } from "../../../phone/link/finder"
import { CoachOp } from "../../../src/ble/coach-layouts"
import { PATELLA } from "../../../src/ble/profile"
import { CoachEntryFlag, CoachEntryKind } from "../../../src/coach/coach-entry"
import { CoachAnswer, CoachPhase, READINESS_ID, Readiness } from "../../../src/coach/routine"
import { Device } from "../../ble/device"
import { MemoryKeeper } from "./link-world"
import { LossyLink } from "./lossy-link"
import { PHONES } from "./sync-world"

const MTU = 185
const NOW_S = 1_790_000_000
const UPTIME_MS = 600_000
const { coach, coachLog } = PATELLA.characteristics
const [PHONE = { identity: "", key: "" }] = PHONES

const ENTRY = {
  kind: CoachEntryKind.readiness as number,
  routine: READINESS_ID,
  bootId: 0,
  endMs: 480_000,
  unixS: 0,
  zoneQuarters: 0,
  durationS: 95,
  repeats: 8,
  depthCdeg: 3400,
  meanMs: 5200,
  halts: 3,
  answer: CoachAnswer.noPain as number,
  readiness: Readiness.ready as number,
  flags: CoachEntryFlag.complete as number,
}

class NearLink extends LossyLink implements ConnectableTransport {
  /** As firmware before the coach. */
  hasCoach = true

  override async connect(): Promise<void> {
    super.connect(MTU)
  }
  async disconnect(): Promise<void> {
    this.lose()
  }
  override async read(uuid: string): Promise<Uint8Array> {
    if ([coach.uuid, coachLog.uuid].includes(uuid) && !this.hasCoach)
      throw new Error("NotFoundError: no such characteristic")
    return super.read(uuid)
  }
}

function world() {
  const device = new Device([], [PHONE])
  device.time.nowMs = UPTIME_MS
  const transport = new NearLink(device, PHONE)
  const keeper = new MemoryKeeper()
  const link = new DeviceLink({
    finder: {
      isOn: async () => true,
      choose: async () => ({ id: "near", name: "Patella", transport }),
      known: async () => [],
    },
    keeper,
    clock: { nowMs: () => NOW_S * 1000, zoneMinutes: () => 120 },
    wait: transport.wait,
  })
  return { device, transport, keeper, link }
}

test("entries come with the runs, each dated by the device or by its clock in this boot", async (t) => {
  const { device, keeper, link } = world()
  const { bootId } = device.boot
  device.coachEntries = [
    { ...ENTRY, bootId: bootId - 1, endMs: 1000, unixS: NOW_S - 90_000, zoneQuarters: 4 },
    { ...ENTRY, bootId: bootId - 1, endMs: 2000 },
    { ...ENTRY, bootId },
  ]
  await link.choose()
  t.like(link.state, { phase: "ready", failure: undefined })
  const entries = [...keeper.coach.values()]
  t.deepEqual(
    entries.map(({ end }) => end),
    [
      { unixS: NOW_S - 90_000, zoneQuarters: 4 },
      { unixS: 0, zoneQuarters: 0 },
      { unixS: NOW_S - 120, zoneQuarters: 8 },
    ],
  )
  const deviceId = link.state.device?.id ?? ""
  const { unixS: _, zoneQuarters: __, ...entry } = { ...ENTRY, bootId }
  t.like(entries[2], { key: `${deviceId}-${bootId}-480000-1`, deviceId, entry, receivedMs: NOW_S * 1000 })
})

test("one that ended before the device's time since boot wrapped is dated all the same", async (t) => {
  const { device, keeper, link } = world()
  device.coachEntries = [{ ...ENTRY, bootId: device.boot.bootId, endMs: 0xffffffff - 399_999 }]
  await link.choose()
  t.deepEqual(
    [...keeper.coach.values()].map(({ end }) => end.unixS),
    [NOW_S - 1000],
  )
})

test("a device without a coach syncs as before", async (t) => {
  const { transport, keeper, link } = world()
  transport.hasCoach = false
  await link.choose()
  t.like(link.state, { phase: "ready", failure: undefined })
  t.is(keeper.coach.size, 0)
})

test("what cannot be kept is told", async (t) => {
  const { device, keeper, link } = world()
  device.coachEntries = [ENTRY]
  keeper.keepCoachEntries = () =>
    Promise.reject(Object.assign(new Error("There is no room left."), { name: "DataError" }))
  await link.choose()
  t.like(link.state, { phase: "ready", failure: { kind: "notKept", toDo: "There is no room left." } })
})

test("a phone reads what the coach does, and asks it", async (t) => {
  const { device, transport } = world()
  const client = new DeviceClient(transport)
  await transport.connect()
  device.coachState = { ...device.coachState, phase: CoachPhase.playing, routine: 2, step: 1 }
  t.like(await client.coach(), { phase: CoachPhase.playing, routine: 2, step: 1 })
  await client.askCoach("start", 2)
  await client.askCoach("stop")
  t.deepEqual(device.coachRequests, [
    { op: CoachOp.start, routine: 2 },
    { op: CoachOp.stop, routine: 0 },
  ])
  device.ready = false
  await t.throwsAsync(client.askCoach("start", 1), { message: /ATT error/ })
})

test("while connected a link tells what the coach does, asks it, and has its log kept without a sync", async (t) => {
  const { device, transport, keeper, link } = world()
  t.is(await link.coach(), undefined)
  t.false(await link.askCoach("start", 2))
  await link.choose()
  device.coachState = { ...device.coachState, phase: CoachPhase.done, routine: 2 }
  t.like(await link.coach(), { phase: CoachPhase.done, routine: 2 })
  t.true(await link.askCoach("start", 2))
  t.deepEqual(device.coachRequests, [{ op: CoachOp.start, routine: 2 }])
  device.coachEntries = [{ ...ENTRY, bootId: device.boot.bootId }]
  t.true(await link.fetchCoachLog())
  t.is(keeper.coach.size, 1)
  device.ready = false
  t.false(await link.askCoach("stop"))
  t.like(link.state, { phase: "ready", failure: { kind: "refused" } })
  transport.hasCoach = false
  t.is(await link.coach(), undefined)
})
