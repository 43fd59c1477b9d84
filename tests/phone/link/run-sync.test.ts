/** The phone's sync against the firmware's service: over a sound link, by both ways, and over one that fails at each step once. */
import test from "ava"
import type { SyncProgress } from "../../../phone/link/run-sync"
import { PATELLA } from "../../../src/ble/profile"
import { RunFlag } from "../../../src/ble/run-layouts"
import type { LinkPlan, NotificationFate, RequestFate } from "./lossy-link"
import { keyOf, type SyncPhone, SyncWorld } from "./sync-world"

const SIZES = [150, 8, 260, 17, 34]
const WAYS = ["notifications", "reads"] as const

function hasAll(world: SyncWorld, phone: SyncPhone): string[] {
  return [
    ...world.wrong(phone).map((key) => `${key} is wrong`),
    ...world.missing(phone).map((run) => `run ${run} is missing`),
    ...world
      .there()
      .filter((run) => !world.acknowledged().includes(run))
      .map((run) => `run ${run} is not acknowledged`),
  ]
}

for (const way of WAYS)
  for (const mtu of [23, 247])
    test(`sync by ${way} at an MTU of ${mtu}: all runs, once each, in order, and each is acknowledged`, async (t) => {
      const world = new SyncWorld([6000, 200, 1500])
      const told: SyncProgress[] = []
      const phone = world.phone(0, { way, mtu, progress: (progress) => told.push(progress) })
      t.like(await phone.untilDone(), { added: [1, 2, 3].map(keyOf), failed: [], way, isAborted: false })
      t.deepEqual(hasAll(world, phone), [])
      t.deepEqual(
        told.map(({ runsDone, bytesDone }) => [runsDone, bytesDone]),
        [
          [1, 6000],
          [2, 6200],
          [3, 7700],
        ],
      )
      t.true(told.every(({ runsTotal, bytesTotal }) => runsTotal === 3 && bytesTotal === 7700))
      const { requests } = phone.link
      t.like(await phone.untilDone(), { added: [], failed: [] })
      t.true(phone.link.requests - requests < 10, "what it has it does not ask for again")
      world.close(300)
      t.like(await phone.untilDone(), { added: [keyOf(4)] })
      t.deepEqual(hasAll(world, phone), [])
      t.is(world.device.service.faults, 0)
    })

test("a device without runs has none to sync", async (t) => {
  const world = new SyncWorld()
  for (const way of WAYS) t.like(await world.phone(0, { way }).untilDone(), { added: [], failed: [] })
})

test("runs that close while the list is read, one after the other, are no matter", async (t) => {
  const world = new SyncWorld(SIZES)
  const phone = world.phone(0, { way: "reads" })
  // Between selecting the list and reading it; then it asks what became of it, and selects again.
  const request = (index: number): RequestFate => {
    if (index % 3 === 1 && index < 15) world.close(90)
    return "sound"
  }
  t.like(await phone.untilDone({ request }), { failed: [], way: "reads" })
  t.is(world.closed.size, SIZES.length + 5)
  t.deepEqual(hasAll(world, phone), [])
})

test("notifications that stay away, or that are refused, are no matter: it reads", async (t) => {
  const silent = new SyncWorld(SIZES)
  const phone = silent.phone()
  t.like(await phone.untilDone({ notification: () => "lost" }), { way: "reads", failed: [] })
  t.deepEqual(hasAll(silent, phone), [])

  const refusing = new SyncWorld(SIZES)
  const other = refusing.phone()
  other.link.subscribe = async () => {
    throw new Error("cannot subscribe")
  }
  t.like(await other.untilDone(), { way: "reads", failed: [] })
  t.deepEqual(hasAll(refusing, other), [])
})

test("notifications that stop in the middle of a run do not lose what has come", async (t) => {
  const world = new SyncWorld([4000])
  const phone = world.phone()
  t.like(await phone.untilDone({ notification: (index) => (index < 60 ? "sound" : "lost") }), {
    way: "reads",
  })
  t.deepEqual(hasAll(world, phone), [])
})

const REQUEST_FATES: RequestFate[] = ["lostBefore", "lostAfter", "stalled"]
const NOTIFICATION_FATES: NotificationFate[] = ["lost", "twice", "late", "linkLost"]

async function countsOf(way: (typeof WAYS)[number]): Promise<{ requests: number; notifications: number }> {
  const phone = new SyncWorld(SIZES).phone(0, { way })
  await phone.untilDone()
  return phone.link
}

for (const way of WAYS)
  test(`one fault, of each kind at each step of a sync by ${way}, is got over`, async (t) => {
    const { requests, notifications } = await countsOf(way)
    const faults: [string, LinkPlan][] = []
    for (let at = 0; at < requests; at++)
      for (const fate of REQUEST_FATES)
        faults.push([`request ${at} ${fate}`, { request: (index) => (index === at ? fate : "sound") }])
    for (let at = 0; at < notifications; at++)
      for (const fate of NOTIFICATION_FATES)
        faults.push([
          `notification ${at} ${fate}`,
          { notification: (index) => (index === at ? fate : "sound") },
        ])
    t.true(faults.length > 40)
    for (const [what, plan] of faults) {
      const world = new SyncWorld(SIZES)
      const phone = world.phone(0, { way })
      const { failed } = await phone.untilDone(plan)
      const amiss = [...hasAll(world, phone), ...failed.map((run) => `run ${run} failed`)]
      if (amiss.length > 0) t.fail(`${what}: ${amiss.join(", ")}`)
      if (world.device.service.faults > 0) t.fail(`${what}: ${world.device.service.lastFault}`)
    }
  })

test("after a lost link it goes on at the byte where it was", async (t) => {
  const world = new SyncWorld([3000])
  const phone = world.phone()
  t.is(await phone.attempt({ notification: (index) => (index === 150 ? "linkLost" : "sound") }), undefined)
  const before = phone.link.notifications
  await phone.untilDone()
  const chunks = Math.ceil(3000 / 17)
  t.true(before > 150 && phone.link.notifications - before < chunks - 120, `${phone.link.notifications}`)
  t.deepEqual(hasAll(world, phone), [])
})

test("a run that is another than the half that came is begun anew", async (t) => {
  const world = new SyncWorld([3000])
  const phone = world.phone()
  await phone.attempt({ notification: (index) => (index === 150 ? "linkLost" : "sound") })
  const other = new SyncWorld([2800])
  const stranger = other.phone()
  Object.assign(stranger, { sync: phone.sync })
  const result = await stranger.attempt()
  t.deepEqual(result?.failed, [])
  t.deepEqual(phone.store.records.get(keyOf(1)), other.closed.get(1))
})

test("a chunk that is damaged on its way does not come into the store", async (t) => {
  const world = new SyncWorld([500])
  const phone = world.phone()
  const { subscribe } = phone.link
  let chunks = 0
  phone.link.subscribe = (uuid, listener) =>
    subscribe.call(phone.link, uuid, (value) => {
      if (uuid === PATELLA.characteristics.records.uuid && ++chunks === 20) value[10] = 1 + (value[10] ?? 0)
      listener(value)
    })
  t.deepEqual((await phone.untilDone()).failed, [])
  t.deepEqual(hasAll(world, phone), [])
})

test("nor one by reads", async (t) => {
  const world = new SyncWorld([1500])
  const phone = world.phone(0, { way: "reads" })
  const { read } = phone.link
  let reads = 0
  phone.link.read = async (uuid) => {
    const value = await read.call(phone.link, uuid)
    if (++reads === 3) value[100] = 1 + (value[100] ?? 0)
    return value
  }
  t.deepEqual((await phone.untilDone()).failed, [])
  t.deepEqual(hasAll(world, phone), [])
})

test("notifications that come twice cost no request more", async (t) => {
  const [world, doubling] = [new SyncWorld(SIZES), new SyncWorld(SIZES)]
  const [phone, other] = [world.phone(), doubling.phone()]
  await phone.untilDone()
  await other.untilDone({ notification: () => "twice" })
  t.is(other.link.requests, phone.link.requests)
  t.deepEqual(hasAll(doubling, other), [])
})

test("a chunk of a transfer that was given up is passed over when it comes after all", async (t) => {
  const world = new SyncWorld(SIZES)
  const phone = world.phone()
  const { subscribe } = phone.link
  const isChunk = (value: Uint8Array, transfer: number, sequence: number) =>
    value[0] === transfer && value[1] === sequence
  let late: Uint8Array | undefined
  phone.link.subscribe = (uuid, listener) =>
    subscribe.call(phone.link, uuid, (value) => {
      if (uuid !== PATELLA.characteristics.records.uuid) return listener(value)
      // Of the list, which has no CRC: the first bytes come again, in place of those that the next transfer begins with.
      if (isChunk(value, 1, 1)) late = value
      if (isChunk(value, 1, 2)) return
      listener(value)
      if (isChunk(value, 2, 0) && late) listener(late)
    })
  t.is((await phone.attempt())?.added.length, SIZES.length)
  t.deepEqual(hasAll(world, phone), [])
})

test("a run that closes while it syncs is synced, too", async (t) => {
  for (const way of WAYS) {
    const world = new SyncWorld(SIZES)
    const phone = world.phone(0, { way })
    let requests = 0
    const plan: LinkPlan = {
      request: () => {
        if (++requests === 9) world.close(40)
        return "sound"
      },
    }
    t.is((await phone.attempt(plan))?.added.length, SIZES.length + 1)
    t.deepEqual(hasAll(world, phone), [])
  }
})

test("a run whose row does not tell its boot is stored once, by what its record says", async (t) => {
  const world = new SyncWorld([100])
  const phone = world.phone(0, { way: "reads" })
  await phone.untilDone()
  const { read } = phone.link
  const HEADS_BYTES = 15 + 5
  phone.link.read = async (uuid) => {
    const value = await read.call(phone.link, uuid)
    if (uuid === PATELLA.characteristics.records.uuid && value[0] === 1)
      value.fill(0, HEADS_BYTES + 2, HEADS_BYTES + 6)
    return value
  }
  t.like(await phone.untilDone(), { added: [], failed: [] })
})

test("a run that the device cannot read is told, and the others come", async (t) => {
  const world = new SyncWorld([100, 100, 100])
  const { bytes } = world.device.flash
  bytes[Buffer.from(bytes).indexOf(Buffer.from(world.closed.get(2) as Uint8Array)) + 50] = 0
  for (const way of WAYS) {
    const phone = world.phone(0, { way })
    t.deepEqual((await phone.untilDone()).failed, [2])
    t.deepEqual(world.missing(phone), [2])
  }
})

for (const way of WAYS)
  test(`aborted by ${way} it stops, keeps what it has, and the device is free`, async (t) => {
    const world = new SyncWorld([2000, 2000, 2000])
    const phone = world.phone(0, { way, progress: () => phone.sync.abort() })
    t.like(await phone.attempt(), { added: [keyOf(1)], isAborted: true })
    t.like(await phone.attempt(), { added: [keyOf(2)], isAborted: true })
    let requests = 0
    const plan: LinkPlan = {
      request: () => {
        if (++requests === 8) phone.sync.abort()
        return "sound"
      },
    }
    t.like(await phone.attempt(plan), { added: [], isAborted: true })
    t.like(await phone.untilDone(), { added: [keyOf(3)] })
    t.deepEqual(hasAll(world, phone), [])
  })

test("two phones get all runs, whichever was first, and each has its own cursor", async (t) => {
  const world = new SyncWorld(SIZES)
  const [one, other] = [world.phone(0), world.phone(1)]
  await one.untilDone()
  const run = world.close(70)
  await other.untilDone()
  t.deepEqual([...hasAll(world, other), ...world.wrong(one)], [])
  t.deepEqual(world.missing(one), [run])
  await one.untilDone()
  t.deepEqual(world.missing(one), [])
  t.is(RunFlag.yours, 2)
  t.deepEqual(
    ["c0ffee000001", "c0ffee000002"].map((identity) => world.device.bonds.cursor(identity)),
    [run, run],
  )
})
