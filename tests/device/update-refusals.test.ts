/** What a device takes no update for, each with its reason; what interrupts one that is on its way; and that whatever does leaves the firmware that runs. */
import test from "ava"
import { CommandHandler } from "../../hosts/virtual/command-handler"
import type { BoardOptions } from "../../hosts/virtual/protocol"
import { BoardLink } from "../../simulator/board-link"
import { KNOWN_PHONE, knowing } from "../../simulator/phone/known-phone"
import { Phone } from "../../simulator/phone/phone"
import { encode } from "../../src/ble/fields"
import {
  UPDATE_ABORT,
  UPDATE_BEGIN,
  UPDATE_DATA,
  UPDATE_FINISH,
  UpdateRefusal,
} from "../../src/ble/update-layouts"
import { startDevice } from "../../src/main"
import { crc32 } from "../../src/storage/crc32"
import { FIRMWARE_VERSION } from "../../src/version"
import { boot, bringing, image, press, SLOT_BYTES, stateOf, status, UPDATE_UUID } from "./updating"
import type { Wear } from "./wear"

const NOT_NOW = { message: /0x80/ }
const IMAGE = image()
/** ESP32-S3's. */
const OTHER_CHIPS = image({ chip: 9 })
const FINISH = encode(UPDATE_FINISH, {})

function offerOf(
  bytes: Uint8Array,
  others: Partial<Record<"byteLength" | "crc" | "minor", number>> = {},
): Uint8Array {
  const offer = { byteLength: bytes.length, crc: crc32(bytes), major: 0, minor: 2, patch: 0 }
  return encode(UPDATE_BEGIN, { ...offer, ...others })
}

function dataOf(bytes: Uint8Array, offset: number, count = 200): Uint8Array {
  return Uint8Array.from([...encode(UPDATE_DATA, { offset }), ...bytes.subarray(offset, offset + count)])
}

const write = ({ phone }: Wear, value: Uint8Array) => phone.transport.write(UPDATE_UUID, value)

async function send(wear: Wear, bytes: Uint8Array, upTo = bytes.length): Promise<void> {
  for (let at = 0; at < upTo; at += 200) await write(wear, dataOf(bytes, at))
}

async function refusalOf(wear: Wear): Promise<string> {
  const { reason } = await status(wear)
  return Object.entries(UpdateRefusal).find(([, code]) => code === reason)?.[0] ?? ""
}

/** Whose wearer has said yes to it. */
async function receiving(bytes = IMAGE, offer = offerOf(bytes), options: BoardOptions = {}): Promise<Wear> {
  const wear = await boot(options)
  await write(wear, offer)
  await wear.link.advance(2500)
  await press(wear)
  if ((await stateOf(wear)) !== "receiving") throw new Error(await refusalOf(wear))
  return wear
}

/** Nothing of it is started, now or later. */
async function isAsBefore(wear: Wear): Promise<boolean> {
  await wear.link.reboot("power")
  await wear.link.advance(1000)
  await wear.phone.connect()
  return (await wear.phone.deviceInformation()).firmware === FIRMWARE_VERSION
}

const damaged = IMAGE.slice()
damaged[500] = 1 ^ (damaged[500] as number)

const BEFORE: [
  UpdateRefusal: keyof typeof UpdateRefusal,
  offer: Uint8Array,
  before: (wear: Wear) => Promise<void>,
  options?: BoardOptions,
][] = [
  ["batteryLow", offerOf(IMAGE), async () => {}, { batteryMv: 3500 }],
  ["runOpen", offerOf(IMAGE), ({ phone }) => phone.command("startRun")],
  ["tooLarge", offerOf(IMAGE, { byteLength: SLOT_BYTES + 1 }), async () => {}],
  ["cannotAsk", offerOf(IMAGE), ({ phone }) => phone.command("findMe")],
]
for (const [reason, offer, before, options] of BEFORE)
  test(`the wearer is not asked at all: ${reason}`, async (t) => {
    const wear = await boot(options)
    await before(wear)
    await write(wear, offer)
    t.is(await stateOf(wear), "refused")
    t.is(await refusalOf(wear), reason)
    await t.throwsAsync(write(wear, dataOf(IMAGE, 0)), NOT_NOW)
    t.true(await isAsBefore(wear))
  })

test("with a battery that is low, but on a supply, the wearer is asked", async (t) => {
  const wear = await boot({ batteryMv: 3500, supply: true })
  await wear.link.advance(5000)
  await write(wear, offerOf(IMAGE))
  t.is(await stateOf(wear), "asked")
})

const SENT: [what: string, reason: keyof typeof UpdateRefusal, bytes: Uint8Array, offer: Uint8Array][] = [
  ["zeros", "notAnImage", new Uint8Array(3000), offerOf(new Uint8Array(3000))],
  ["another chip's", "otherChip", OTHER_CHIPS, offerOf(OTHER_CHIPS)],
  ["another project's", "notPatella", image({ prefix: "" }), offerOf(image({ prefix: "" }))],
  ["not the version offered", "otherVersion", IMAGE, offerOf(IMAGE, { minor: 3 })],
  [
    "a version that goes on",
    "otherVersion",
    image({ version: "0.2.01" }),
    offerOf(image({ version: "0.2.01" })),
  ],
  ["not the bytes offered", "crcDiffers", IMAGE, offerOf(IMAGE, { crc: 1 })],
  ["damaged before it was offered", "checkFailed", damaged, offerOf(damaged)],
]
for (const [what, reason, bytes, offer] of SENT)
  test(`an image is not started that is ${what}: ${reason}`, async (t) => {
    const wear = await receiving(bytes, offer)
    try {
      await send(wear, bytes)
      await write(wear, FINISH)
    } catch (error) {
      t.regex(String(error), NOT_NOW.message)
    }
    await wear.link.advance(3000)
    t.is(await stateOf(wear), "refused")
    t.is(await refusalOf(wear), reason)
    t.true(await isAsBefore(wear))
  })

const MEANWHILE: [reason: keyof typeof UpdateRefusal, happens: (wear: Wear) => Promise<void>][] = [
  ["runOpen", ({ phone }) => phone.command("startRun")],
  ["silent", ({ link }) => link.advance(301_000)],
  ["aborted", (wear) => write(wear, encode(UPDATE_ABORT, {}))],
]
for (const [reason, happens] of MEANWHILE)
  test(`it ends before the end: ${reason}`, async (t) => {
    const wear = await receiving()
    await send(wear, IMAGE, 6000)
    await happens(wear)
    await wear.link.advance(1500)
    t.is(await refusalOf(wear), reason)
    await t.throwsAsync(write(wear, dataOf(IMAGE, 6000)), NOT_NOW)
    t.true(await isAsBefore(wear))
  })

test("an image that is complete waits for the end of a run that has begun meanwhile", async (t) => {
  const wear = await receiving()
  await send(wear, IMAGE)
  await write(wear, FINISH)
  await wear.link.advance(1500)
  t.is(await stateOf(wear), "ready")
  await wear.phone.command("startRun")
  await wear.link.advance(60_000)
  t.is(await stateOf(wear), "ready")
  await t.throwsAsync(write(wear, offerOf(IMAGE)), NOT_NOW)
  await t.throwsAsync(write(wear, encode(UPDATE_ABORT, {})), NOT_NOW)
  await wear.phone.command("stopRun")
  await wear.link.advance(2000)
  await wear.phone.connect()
  t.is((await wear.phone.deviceInformation()).firmware, "0.2.0")
})

test("while the new firmware is on trial there is no other update", async (t) => {
  const wear = await boot()
  await bringing(wear, IMAGE).run(wear.phone.transport)
  await wear.link.advance(4000)
  await wear.phone.connect()
  await write(wear, offerOf(IMAGE))
  t.is(await stateOf(wear), "onTrial")
  t.is(await refusalOf(wear), "onTrial")
})

test("a board without slots, or without a button, says so", async (t) => {
  for (const part of ["update", "button"] as const) {
    const handler = new CommandHandler((board) => {
      const { [part]: _, ...others } = board
      return startDevice(others)
    })
    const link = new BoardLink({ command: async (frame) => handler.handle(frame) })
    await link.boot(knowing())
    await link.advance(1000)
    const phone = new Phone((request) => link.gatt(request), KNOWN_PHONE)
    await phone.connect()
    const wear = { phone, link } as Wear
    await write(wear, offerOf(IMAGE))
    t.is(await refusalOf(wear), part === "update" ? "noSlots" : "cannotAsk")
    t.is((await status(wear)).slotBytes > 0, part !== "update")
  }
})

test("data that are not the next change nothing; a finish before the end neither", async (t) => {
  const wear = await receiving()
  await send(wear, IMAGE, 400)
  for (const value of [dataOf(IMAGE, 0), dataOf(IMAGE, 200), dataOf(IMAGE, 600), FINISH])
    await t.throwsAsync(write(wear, value), NOT_NOW)
  t.like(await status(wear), { offset: 400 })
  await t.throwsAsync(write(wear, encode(UPDATE_DATA, { offset: 400 })), { message: /wrong length/ })
  await t.throwsAsync(write(wear, Uint8Array.of(UpdateRefusal.checkFailed)), { message: /out of its range/ })
  await t.throwsAsync(write(wear, new Uint8Array(0)), { message: /wrong length/ })
  for (let at = 400; at < IMAGE.length; at += 200) await write(wear, dataOf(IMAGE, at))
  await t.throwsAsync(write(wear, dataOf(new Uint8Array(IMAGE.length + 9), IMAGE.length, 9)), NOT_NOW)
  await write(wear, FINISH)
  t.is(await stateOf(wear), "checking")
})

test("after a lost link the phone goes on where the device is, and nobody is asked again", async (t) => {
  const wear = await boot()
  const { phone, link } = wear
  let sent = 0
  let asked = 0
  const update = bringing(wear, IMAGE, {
    progress: ({ phase, bytesDone }) => {
      if (phase === "press") asked++
      if (phase === "sending") sent = bytesDone
    },
  })
  const plain = phone.transport.write.bind(phone.transport)
  let left = 25
  phone.transport.write = async (uuid, value) => {
    await plain(uuid, value)
    if (--left > 0) return
    await link.gatt({ op: "drop", connection: link.connection ?? 0 })
    phone.transport.lost()
    throw new Error("lost")
  }
  await t.throwsAsync(update.run(phone.transport), { message: "lost" })
  const before = sent
  const times = asked
  t.true(before > 0 && before < IMAGE.length)
  await link.advance(200_000)
  phone.transport.write = plain
  await phone.connect(23)
  t.like(await status(wear), { dataBytes: 15, byteLength: IMAGE.length })
  t.true((await status(wear)).offset >= before)
  t.true(await update.run(phone.transport))
  t.is(asked, times)
  await link.advance(5000)
  await phone.connect()
  t.is((await phone.deviceInformation()).firmware, "0.2.0")
})

test("another image, or the same after a reset, is asked for anew", async (t) => {
  const wear = await receiving()
  await send(wear, IMAGE, 400)
  await write(wear, offerOf(IMAGE))
  t.is(await stateOf(wear), "receiving")
  await write(wear, offerOf(IMAGE, { crc: 7 }))
  t.is(await stateOf(wear), "asked")
  await wear.link.advance(2500)
  await press(wear)
  t.like(await status(wear), { offset: 0, crc: 7 })
  await wear.link.reboot("reset")
  await wear.link.advance(1000)
  await wear.phone.connect()
  t.is(await stateOf(wear), "idle")
  await write(wear, offerOf(IMAGE))
  t.is(await stateOf(wear), "asked")
})

test("a long press, which asks something of its own, says no", async (t) => {
  const wear = await boot()
  await write(wear, offerOf(IMAGE))
  await wear.link.advance(2500)
  await wear.link.pressButton(true)
  await wear.link.advance(4000)
  await wear.link.pressButton(false)
  await wear.link.advance(2000)
  t.is(await refusalOf(wear), "notPressed")
})
