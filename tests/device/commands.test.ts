/** What a phone tells the device to do: runs by hand, pain, and erasing them once the wearer has said yes. */
import test from "ava"
import { VirtualBoard } from "../../hosts/virtual/board"
import { EXAMPLE_FIRMWARE, EXAMPLE_RUN } from "../../simulator/docs/example-run"
import { KNOWN_PHONE, knowing } from "../../simulator/phone/known-phone"
import { Phone } from "../../simulator/phone/phone"
import { StatusFlag } from "../../src/ble/layouts"
import { encodeRunRecord } from "../../src/ble/run-codec"
import { RunStorage } from "../../src/device/run-storage"
import type { Flash, KeyValueStorage } from "../../src/io"
import { startDevice } from "../../src/main"
import { Activity } from "../../src/motion/stride"
import { PainSource } from "../../src/run/summary"
import { BootRecord } from "../../src/storage/boot-record"
import { projectRecording, Wear } from "./wear"

const S01 = await projectRecording("S01.csv.gz")
const NOT_NOW = { message: /cannot be carried out now/ }
const isRunOpen = async ({ phone }: Wear) => ((await phone.status()).flags & StatusFlag.runOpen) !== 0

async function press({ link }: Wear): Promise<void> {
  await link.pressButton(true, 3)
  await link.advance(120)
  await link.pressButton(false, 3)
  await link.advance(3000)
}

for (const engine of [undefined, "xs"] as const)
  test(`a run is begun and ended by hand, and pain is marked in it, by a phone${engine ? " (XS)" : ""}`, async (t) => {
    const wear = await Wear.boot(engine)
    await wear.play(S01, 0, 28)
    await wear.phone.connect()
    await t.throwsAsync(wear.phone.command("markPain"), NOT_NOW)
    const startMs = wear.link.nowMs
    await wear.phone.command("startRun")
    t.true(await isRunOpen(wear))
    await t.throwsAsync(wear.phone.command("startRun"), NOT_NOW)
    await wear.play(S01, 28, 70)
    await wear.phone.command("markPain")
    await wear.phone.command("stopRun")
    t.false(await isRunOpen(wear))
    const [first, ...others] = await wear.phone.runs()
    t.deepEqual(others, [])
    t.true(Math.abs((first?.run.startMs ?? 0) - startMs) < 100)
    t.is(first?.run.bouts.length, 1)
    t.true((first?.run.strides ?? 0) > 35)
    t.like(first?.run.pains[0], { source: PainSource.phone, activity: Activity.run })
    t.is(first?.run.pains.length, 1)
    await wear.engine.close()
  })

test("a run begun by hand in which nobody runs is dropped, and the next has its number", async (t) => {
  const wear = await Wear.boot()
  await wear.phone.connect()
  await wear.phone.command("startRun")
  await wear.phone.command("stopRun")
  t.deepEqual(await wear.phone.runs(), [])
  await wear.phone.command("startRun")
  await wear.link.advance(130_000)
  t.false(await isRunOpen(wear))
  t.deepEqual(
    wear.eventsNamed("runEnded").map(({ detail }) => detail),
    ["run 1: nothing was run, it is not kept", "run 1: nothing was run, it is not kept"],
  )
  t.is((await wear.phone.status()).newestRunId, 0)
})

test("a run begun by hand that has nothing but a mark outlasts a power cut", async (t) => {
  const wear = await Wear.boot()
  await wear.phone.connect()
  await wear.phone.command("startRun")
  await wear.link.advance(30_000)
  await wear.phone.command("markPain")
  await wear.link.advance(2000)
  await wear.link.reboot("power")
  await wear.phone.connect()
  const [first] = await wear.phone.runs()
  t.like(first?.run, { id: 1, strides: 0, bouts: [] })
  t.is(first?.run.pains.length, 1)
  t.regex(await wear.phone.summaryText(), /^Pain marked once: 0:30$/m)
})

/** Worn for a run that is over, and another that is open. */
async function twoRuns(): Promise<Wear> {
  const wear = await Wear.boot()
  await wear.play(S01, 0, 60)
  await wear.phone.connect()
  await wear.phone.command("stopRun")
  await wear.play(S01, 60, 80)
  if (!(await isRunOpen(wear))) throw new Error("no second run")
  return wear
}

test("runs are erased when the wearer says yes to it; the one that is open goes on, and numbers do", async (t) => {
  const wear = await twoRuns()
  await wear.phone.command("eraseRuns")
  t.is((await wear.phone.runs()).length, 1)
  await wear.link.advance(3000)
  await press(wear)
  t.deepEqual(await wear.phone.runs(), [])
  t.is(await wear.phone.summaryText(), "No run yet.")
  t.like(wear.eventsNamed("forgotten")[0], { detail: "all closed runs" })
  t.true(await isRunOpen(wear))
  await wear.phone.command("stopRun")
  t.deepEqual(
    (await wear.phone.runs()).map(({ run }) => run.id),
    [2],
  )
  await wear.link.reboot("power")
  await wear.phone.connect()
  t.deepEqual(
    (await wear.phone.runs()).map(({ run }) => run.id),
    [2],
  )
})

test("without a yes within half a minute no run is erased", async (t) => {
  const wear = await twoRuns()
  await wear.phone.command("eraseRuns")
  await wear.link.advance(31_000)
  await press(wear)
  t.is(wear.eventsNamed("forgotten").length, 0)
  t.true((await wear.phone.runs()).length >= 1)
})

test("a board without a button cannot ask whether to erase runs", async (t) => {
  const virtual = new VirtualBoard(knowing())
  const { button: _, ...board } = virtual.board
  startDevice(board)
  virtual.advance(500)
  const phone = new Phone(async (request) => virtual.link.handle(request), KNOWN_PHONE)
  await phone.connect()
  await t.throwsAsync(phone.command("eraseRuns"), NOT_NOW)
})

test("dating runs takes few reads, however many were erased before", (t) => {
  const virtual = new VirtualBoard()
  let reads = 0
  const flash: Flash = virtual.flash.open({ path: "runs" })
  const counting = {
    open: () => ({
      ...bound(flash),
      read: (...args: Parameters<Flash["read"]>) => {
        reads++
        flash.read(...args)
      },
    }),
  }
  const keyValue: KeyValueStorage = virtual.keyValue
  const runs = new RunStorage({ ...virtual.board, flash: counting })
  const boot = new BootRecord({ storage: keyValue, chipId: "x", atLeast: 0 })
  for (let id = 1; id <= 400; id++)
    runs.add(id, encodeRunRecord({ ...EXAMPLE_RUN, id, bootId: boot.bootId }, EXAMPLE_FIRMWARE))
  runs.eraseAll()
  t.is(runs.length, 0)
  runs.add(401, encodeRunRecord({ ...EXAMPLE_RUN, id: 401, bootId: boot.bootId }, EXAMPLE_FIRMWARE))
  boot.setClock(1_800_000_000, 4, 60_000)
  reads = 0
  runs.stamp(boot)
  t.true(reads < 2000, `${reads} reads`)
  t.not(runs.at(0)?.unixS, 0)
})

function bound(flash: Flash): Flash {
  return {
    read: (...args) => flash.read(...args),
    write: (...args) => flash.write(...args),
    eraseBlock: (block) => flash.eraseBlock(block),
    status: () => flash.status(),
    close: () => flash.close(),
  }
}
