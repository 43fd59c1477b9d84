/** Runs that come over a link which is lost, given up, or cannot notify: all of them, once each, and every step told. */
import test, { type ExecutionContext } from "ava"
import { decode } from "../../../src/ble/fields"
import { PATELLA } from "../../../src/ble/profile"
import { AccessRequest, FETCH_REQUEST } from "../../../src/ble/record-layouts"
import { decodeRunRecord } from "../../../src/ble/run-codec"
import { LinkWorld, recordedFlash } from "./link-world"

const RUNS = [1, 2, 3]
/** Of a connection to a device whose runs are all here. */
const FEW_REQUESTS = 30
/** Requests of a sync before one in the middle of the second record. */
const IN_A_RECORD = 12
const { recordAccess } = PATELLA.characteristics
const flash = recordedFlash(RUNS.length)

async function worldOf(t: ExecutionContext): Promise<LinkWorld> {
  const world = await LinkWorld.boot(await flash)
  t.teardown(() => world.close())
  return world
}

/** Does it once, when the link begins to sync. */
function whenSyncing(world: LinkWorld, act: () => void): void {
  const end = world.link.listen(({ phase }) => {
    if (phase !== "syncing") return
    end()
    act()
  })
}

/** Numbers of the runs that the phone has, in the order in which they came. */
function runsOf({ keeper }: LinkWorld): number[] {
  return [...keeper.runs.records.values()].map((record) => decodeRunRecord(record).run.id)
}

/** From which byte on records were fetched. */
function fetchedFrom({ transport }: LinkWorld): number[] {
  return transport.writes
    .filter(({ uuid, value }) => uuid === recordAccess.uuid && value[0] === AccessRequest.fetch)
    .map(({ value }) => decode(FETCH_REQUEST, value).offset)
}

/** What was told of the sync, each once. */
function told({ states }: LinkWorld): string[] {
  const lines = states.flatMap(({ sync }) => (sync ? [`${sync.runsDone}/${sync.runsTotal}`] : []))
  return lines.filter((line, at) => line !== lines[at - 1])
}

test("each run is told as it comes; none comes twice", async (t) => {
  const world = await worldOf(t)
  await world.link.choose()
  t.deepEqual(runsOf(world), RUNS)
  t.deepEqual(told(world), ["0/0", "1/3", "2/3", "3/3"])
  const { sync } = world.state
  t.is(sync?.bytesDone, sync?.bytesTotal)
  t.deepEqual(sync?.added, [...world.keeper.runs.records.keys()])
  const { requests } = world.transport
  await world.link.sync()
  t.like(world.state, { phase: "ready", sync: { runsDone: 0, runsTotal: 0, failed: [] } })
  t.deepEqual(world.state.sync?.added, [])
  await world.link.disconnect()
  await world.link.reconnect()
  t.deepEqual(world.state.sync?.added, [])
  t.deepEqual(runsOf(world), RUNS)
  t.true(world.transport.requests - requests < FEW_REQUESTS)
})

test("a phone that is not notified reads alone", async (t) => {
  const world = await worldOf(t)
  world.transport.hasNotifications = false
  await world.link.choose()
  t.like(world.state, { phase: "ready", failure: undefined })
  t.deepEqual(runsOf(world), RUNS)
  t.deepEqual(fetchedFrom(world), [])
})

test("a link whose loss is told after the request that it broke is found again, too", async (t) => {
  const world = await worldOf(t)
  world.transport.isLossToldLate = true
  whenSyncing(world, () => {
    world.transport.lostAfter = IN_A_RECORD
  })
  let isLost = false
  world.beforeWait = async () => {
    if (isLost || world.transport.lostAfter !== Number.POSITIVE_INFINITY) return
    isLost = true
    await world.transport.lose()
  }
  await world.link.choose()
  t.true(isLost)
  t.like(world.state, { phase: "ready", failure: undefined })
  t.deepEqual(runsOf(world), RUNS)
})

test("a link that is lost at any request of a sync is found again, and the sync goes on where it was", async (t) => {
  const sound = await worldOf(t)
  let first = 0
  whenSyncing(sound, () => {
    first = sound.transport.requests
  })
  await sound.link.choose()
  const requests = sound.transport.requests - first
  let resumed = 0
  for (let request = 0; request < requests; request++) {
    const world = await LinkWorld.boot(await flash)
    whenSyncing(world, () => {
      world.transport.lostAfter = request
    })
    await world.link.choose()
    const lost = world.states.find(({ retry }) => retry)
    t.like(lost, { phase: "lost", failure: { kind: "lost" }, retry: { count: 1, limit: 5, waitMs: 1000 } })
    t.deepEqual(world.phases, ["choosing", "connecting", "syncing", "lost", "connecting", "syncing", "ready"])
    t.is(world.state.failure, undefined)
    t.is(world.state.retry, undefined)
    t.deepEqual(runsOf(world), RUNS)
    t.deepEqual(world.state.sync?.added, [...world.keeper.runs.records.keys()])
    const { sync } = world.state
    t.is(sync?.runsDone, sync?.runsTotal)
    t.is(sync?.bytesDone, sync?.bytesTotal)
    if (fetchedFrom(world).some((offset) => offset > 0)) resumed++
    await world.close()
  }
  t.true(resumed > 2, `${resumed} went on in the middle of a record`)
})

test("a device that stays away is given up after some tries; the rest comes with the next connection", async (t) => {
  const world = await worldOf(t)
  whenSyncing(world, () => {
    world.transport.lostAfter = IN_A_RECORD
    world.transport.isNear = false
  })
  await world.link.choose()
  t.deepEqual(
    world.states.flatMap(({ retry, phase }) => (retry && phase === "lost" ? [retry.waitMs] : [])),
    [1000, 2000, 4000, 8000, 16_000],
  )
  t.like(world.state, { phase: "lost", failure: { kind: "outOfRange" }, retry: undefined })
  const before = runsOf(world)
  t.true(before.length < RUNS.length)
  world.transport.isNear = true
  await world.link.reconnect()
  t.is(world.state.phase, "ready")
  t.deepEqual(runsOf(world), RUNS)
  t.is(world.state.sync?.added.length, RUNS.length - before.length)
  t.true(fetchedFrom(world).some((offset) => offset > 0))
})

test("while a lost device is looked for, the wearer may leave, or connect at once", async (t) => {
  const world = await worldOf(t)
  whenSyncing(world, () => {
    world.transport.lostAfter = IN_A_RECORD
  })
  let again: Promise<void> | undefined
  world.beforeWait = async () => {
    if (world.state.retry) again ??= world.link.reconnect()
  }
  await world.link.choose()
  await again
  t.is(world.state.phase, "ready")
  t.deepEqual(runsOf(world), RUNS)

  const left = await worldOf(t)
  whenSyncing(left, () => {
    left.transport.lostAfter = IN_A_RECORD
  })
  left.beforeWait = async () => {
    if (left.state.retry) await left.link.disconnect()
  }
  await left.link.choose()
  t.deepEqual(left.state, { phase: "idle" })
  t.false(left.transport.connected)
})

test("a sync that is ended keeps what came, and the device stays connected", async (t) => {
  const world = await worldOf(t)
  const end = world.link.listen(({ sync }) => {
    if (sync?.runsDone !== 1) return
    end()
    world.link.abortSync()
  })
  await world.link.choose()
  t.like(world.state, { phase: "ready", failure: undefined })
  t.deepEqual(runsOf(world), [1])
  await world.link.sync()
  t.deepEqual(runsOf(world), RUNS)
  t.is(world.state.sync?.added.length, 2)
})

test("a sync that is ended while the device is lost looks for it no more", async (t) => {
  const world = await worldOf(t)
  whenSyncing(world, () => {
    world.transport.lostAfter = IN_A_RECORD
  })
  world.beforeWait = async () => {
    if (world.state.retry) world.link.abortSync()
  }
  await world.link.choose()
  t.like(world.state, { phase: "lost", retry: undefined, failure: { kind: "lost" } })
  t.is(world.states.filter(({ retry, phase }) => retry && phase === "lost").length, 1)
})

test("the live measurement is followed on after a lost link", async (t) => {
  const world = await worldOf(t)
  whenSyncing(world, () => {
    void world.link.followLive(true).then(() => {
      world.transport.lostAfter = 5
    })
  })
  await world.link.choose()
  t.true(world.phases.includes("lost"))
  t.is(world.state.phase, "ready")
  await world.board.advance(3000)
  t.truthy(world.state.live)
})

test("runs that cannot be stored are told in the words of the store, and the device stays connected", async (t) => {
  const world = await worldOf(t)
  const { runs } = world.keeper
  const plain = runs.add.bind(runs)
  runs.add = async () => {
    throw Object.assign(new Error("There is no room left on this phone. Delete something."), {
      name: "DataError",
    })
  }
  await world.link.choose()
  t.like(world.state, {
    phase: "ready",
    failure: { kind: "notKept", toDo: "There is no room left on this phone. Delete something." },
  })
  t.true(world.transport.connected)
  runs.add = plain
  await world.link.sync()
  t.like(world.state, { phase: "ready", failure: undefined })
  t.deepEqual(runsOf(world), RUNS)
})
