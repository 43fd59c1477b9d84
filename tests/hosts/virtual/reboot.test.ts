/**
 * Reboots and power cuts of the virtual board as its commands have them, with a device that stores (storing-guest.ts): in this process, in
 * V8 and in XS.
 */
import test, { type ExecutionContext } from "ava"
import { VirtualBoard } from "../../../hosts/virtual/board"
import { CommandHandler } from "../../../hosts/virtual/command-handler"
import type { BoardOptions, Notification } from "../../../hosts/virtual/protocol"
import { BoardLink } from "../../../simulator/board-link"
import { ENGINE_NAMES, type Engine, openEngine } from "../../../simulator/engine/engine"
import { bundleFirmware } from "../../../simulator/firmware-bundle"
import { STORE_CHARACTERISTIC } from "./storing"
import { startStoring } from "./storing-guest"

/** Power to the firmware's first line. */
const START_MS = 100
const HOSTS = ["this process", ...ENGINE_NAMES] as const
/** Of a first boot: the boots counted. */
const BOOT_OPERATIONS = 1

class Storing {
  readonly link: BoardLink
  readonly told: string[] = []
  readonly notifications: Notification[] = []

  constructor(engine: Pick<Engine, "command">) {
    this.link = new BoardLink(engine, {
      event: ({ name, detail }) => void this.told.push(`${name} ${detail}`),
      notification: (notification) => void this.notifications.push(notification),
    })
  }

  /** What was told since it was last asked. */
  news(): string[] {
    return this.told.splice(0)
  }
}

async function booted(
  t: ExecutionContext,
  host: (typeof HOSTS)[number] = "this process",
  options: BoardOptions = {},
): Promise<Storing> {
  if (host === "this process") {
    const handler = new CommandHandler(startStoring)
    const storing = new Storing({ command: async (frame) => handler.handle(frame) })
    await storing.link.boot(options)
    return storing
  }
  const engine = await openEngine(host)
  t.teardown(() => engine.close())
  await engine.evaluate(await bundleFirmware("tests/hosts/virtual/storing-guest.ts"))
  const storing = new Storing(engine)
  await storing.link.boot(options)
  return storing
}

for (const host of HOSTS) {
  test(`${host}: a power cycle drops the device unclosed; what is stored stays, all else begins anew`, async (t) => {
    const storing = await booted(t, host)
    const { link } = storing
    await link.advance(350)
    t.deepEqual(storing.news(), ["boot 1, dropped, 0 words, 100 ms", "stored 1", "stored 2", "stored 3"])
    await link.reboot("power", 60_000)
    t.is(link.nowMs, START_MS)
    t.deepEqual(storing.news(), ["boot 2, dropped, 3 words, 100 ms"])
    await link.advance(100)
    t.deepEqual(storing.news(), ["stored 4"])
  })

  test(`${host}: over a reset the retained clock goes on, and over the next; a power cycle ends it`, async (t) => {
    const storing = await booted(t, host)
    const { link } = storing
    await link.advance(50)
    await link.reboot("reset", 1000)
    t.is(link.nowMs, START_MS)
    await link.advance(50)
    await link.reboot("reset")
    await link.reboot("power")
    t.deepEqual(storing.news(), [
      "boot 1, dropped, 0 words, 100 ms",
      `boot 2, dropped, 0 words, ${150 + 1000 + 100} ms`,
      `boot 3, dropped, 0 words, ${150 + 1000 + 150 + 100} ms`,
      "boot 4, dropped, 0 words, 100 ms",
    ])
  })

  test(`${host}: a cut in a timer stops the board there, whatever the firmware swallows; only a reboot goes on`, async (t) => {
    const storing = await booted(t, host)
    const { link } = storing
    await link.advance(100)
    storing.news()
    await link.cutAt({ operation: link.operations + 2, point: "before" })
    t.false(link.powerCut)
    await link.advance(1000)
    t.true(link.powerCut)
    t.is(link.nowMs, START_MS + 300)
    t.is(link.rateHz, 0)
    t.deepEqual(storing.news(), ["stored 2"])
    for (const [op, work] of [
      ["advance", () => link.advance(1)],
      ["boot", () => link.boot({})],
      ["storage", () => link.storage()],
      ["flash", () => link.flashImage()],
    ] as const)
      await t.throwsAsync(work, {
        message: new RegExp(`"${op}" while power is off; only "reboot" turns it on`),
      })
    await link.reboot("power")
    t.false(link.powerCut)
    await link.advance(100)
    t.deepEqual(storing.news(), ["boot 2, dropped, 2 words, 100 ms", "stored 3"])
  })

  test(`${host}: a cut within a write is torn where its seed says`, async (t) => {
    const storing = await booted(t, host)
    const { link } = storing
    await link.cutAt({ operation: link.operations + 1, point: "within", seed: 3 })
    await link.advance(100)
    await link.reboot("power")
    t.deepEqual([...(await link.flashImage()).subarray(0, 3)], [0, 0, 0])
    t.is(storing.news().at(-1), "boot 2, dropped, 1 words, 100 ms")
  })

  test(`${host}: a flash read out is the flash of a board that boots with it; its wear is told beside it`, async (t) => {
    const storing = await booted(t, host)
    const { link } = storing
    await link.advance(500)
    const { image, erases } = await link.flash()
    t.is(image.length, 1 << 20)
    t.is(image.lastIndexOf(0), 19)
    t.deepEqual(erases, Array(256).fill(0))
    await link.boot({}, image)
    t.is(storing.news().at(-1), "boot 1, dropped, 5 words, 100 ms")
    t.deepEqual(Buffer.compare(await link.flashImage(), image), 0)
    await link.boot({})
    t.is(storing.news().at(-1), "boot 1, dropped, 0 words, 100 ms")
  })

  test(`${host}: power goes in the boot itself, and in the one after`, async (t) => {
    const storing = await booted(t, host, { cut: { operation: BOOT_OPERATIONS, point: "before" } })
    const { link } = storing
    t.true(link.powerCut)
    await link.reboot("power", 0, { operation: 2, point: "after" })
    t.true(link.powerCut)
    t.deepEqual(storing.news(), [])
    await link.reboot("power")
    t.deepEqual(storing.news(), ["boot 2, dropped, 0 words, 100 ms"])
  })

  test(`${host}: a phone whose request costs the board its power has lost the link, and hears no more`, async (t) => {
    const storing = await booted(t, host)
    const { link } = storing
    const { connection } = await link.gatt({ op: "connect" })
    const request = { connection: connection as number, characteristic: STORE_CHARACTERISTIC }
    await link.gatt({ op: "subscribe", ...request })
    t.deepEqual(await link.gatt({ op: "write", value: "00", ...request }), {})
    t.is(storing.notifications.length, 1)
    await link.cutAt({ operation: link.operations + 1, point: "after" })
    t.deepEqual(await link.gatt({ op: "write", value: "00", ...request }), { linkError: "not connected" })
    t.true(link.powerCut)
    t.is(storing.notifications.length, 1)
    await link.reboot("power")
    t.is(storing.news().at(-1), "boot 2, dropped, 2 words, 100 ms")
    t.deepEqual(await link.gatt({ op: "write", value: "00", ...request }), { linkError: "not connected" })
  })
}

test("a boot closes the device that runs; when that costs the power, no new board is there", async (t) => {
  const storing = await booted(t)
  const { link } = storing
  await link.cutAt({ operation: link.operations + 1, point: "after" })
  await link.boot({})
  t.true(link.powerCut)
  await link.reboot("reset", 900)
  t.deepEqual(storing.news(), ["boot 1, dropped, 0 words, 100 ms", "boot 2, closed, 0 words, 1100 ms"])
})

test("a reboot whose cut is past is refused, with power or without, and the board waits for another", async (t) => {
  const storing = await booted(t)
  const { link } = storing
  const refused = { message: /^power: no cut at operation 1/ }
  await t.throwsAsync(link.reboot("reset", 0, { operation: 1, point: "before" }), refused)
  await link.advance(100)
  await link.cutAt({ operation: 3, point: "before" })
  await link.advance(100)
  await t.throwsAsync(link.reboot("power", 0, { operation: 1, point: "before" }), refused)
  await link.reboot("power")
  t.deepEqual(storing.news(), [
    "boot 1, dropped, 0 words, 100 ms",
    "stored 1",
    "boot 2, dropped, 1 words, 100 ms",
  ])
})

test("operations are counted over reboots, and a cut that is planned waits for its own", async (t) => {
  const { link } = await booted(t)
  t.is(link.operations, BOOT_OPERATIONS)
  await link.cutAt({ operation: 5, point: "before" })
  await link.reboot("power")
  await link.reboot("reset")
  t.is(link.operations, 3)
  await link.advance(150)
  t.deepEqual([link.operations, link.powerCut], [4, false])
  await link.advance(150)
  t.deepEqual([link.operations, link.powerCut], [5, true])
})

test("what is broken stays broken over reboots: blocks, and a shank's wires", async (t) => {
  const storing = await booted(t, "this process", { shank: {}, flash: { size: 8192 } })
  const { link } = storing
  await link.setFlashFault(0, "silentNoOp")
  await link.connectShank(false)
  await link.reboot("power")
  await link.advance(200)
  await link.setFlashFault(0, undefined)
  await link.reboot("power")
  t.deepEqual(storing.news().slice(-2), ["stored 2", "boot 3, dropped, 0 words, 100 ms"])
  await link.advance(100)
  t.is((await link.flashImage()).length, 8192)
  t.is((await link.flashImage()).lastIndexOf(0), 3)
  await link.setFlashFault(0, "stuckBit", { bit: 64, level: 0 })
  t.is((await link.flashImage())[8], 0xfe)
})

test("a reboot mends no chip and charges no battery", (t) => {
  const board = new VirtualBoard({ batteryMv: 4000 })
  board.thigh.faults.whoAmI = 1
  board.batteryMv = 3500
  const next = board.reboot("power")
  t.deepEqual([next.thigh.faults.whoAmI, next.batteryMv], [1, 3500])
})

test("what firmware throws comes out as long as there is power", async (t) => {
  const handler = new CommandHandler((board) => {
    board.timer.set(() => {
      throw new Error("a fault of its own")
    }, 10)
    return { close() {} }
  })
  const link = new BoardLink({ command: async (frame) => handler.handle(frame) })
  await link.boot({})
  await t.throwsAsync(link.advance(20), { message: "a fault of its own" })
})
