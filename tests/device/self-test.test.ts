/** The self-test, seen from outside: well all over, and each part broken in turn. */
import test from "ava"
import { VirtualBoard } from "../../hosts/virtual/board"
import { type BoardOptions, wordPairs } from "../../hosts/virtual/protocol"
import { KNOWN_PHONE, knowing } from "../../simulator/phone/known-phone"
import { Phone } from "../../simulator/phone/phone"
import { SelfTestPart } from "../../src/ble/layouts"
import type { Board } from "../../src/board"
import { PwmMotor } from "../../src/drivers/pwm-motor"
import type { KeyValueStorage, PWMConstructor } from "../../src/io"
import { startDevice } from "../../src/main"
import { projectRecording, Wear } from "./wear"

type Part = keyof typeof SelfTestPart
const PARTS = Object.keys(SelfTestPart) as Part[]
/** All that a device with one sensor, worn for the first time, can tell of. */
const USUAL: Part[] = PARTS.filter((part) => part !== "shankSensor")
const COUNTS_A_G = 2049

const partsOf = (bits: number) => PARTS.filter((part) => bits & SelfTestPart[part])

/** Still, under so many g, by default for long enough to be at rest after an error buzz, too. */
function still(virtual: VirtualBoard, g = 1, seconds = 12): void {
  const sample = new Int16Array([0, 0, 0, 0, 0, Math.round(g * COUNTS_A_G)])
  const samples = new Int16Array(Array.from({ length: Math.ceil(104 * seconds) }, () => [...sample]).flat())
  virtual.play(wordPairs(new Uint8Array(samples.buffer)))
}

async function tested(
  options: BoardOptions = {},
  change: (board: Board) => Board = (board) => board,
  before: (virtual: VirtualBoard) => void = (virtual) => still(virtual),
) {
  const virtual = new VirtualBoard(knowing(options))
  startDevice(change(virtual.board))
  virtual.advance(500)
  before(virtual)
  const phone = new Phone(async (request) => virtual.link.handle(request), KNOWN_PHONE)
  await phone.connect()
  await phone.command("selfTest")
  const { tested, failed, atMs } = await phone.selfTest()
  return { tested: partsOf(tested), failed: partsOf(failed), atMs, virtual }
}

for (const engine of [undefined, "xs"] as const)
  test(`a device that is well and calibrated fails nothing, and plays four short pulses${engine ? " (XS)" : ""}`, async (t) => {
    const wear = await Wear.boot(engine)
    await wear.play(await projectRecording("S01.csv.gz"), 0, 28)
    await wear.link.advance(3000)
    await wear.phone.connect()
    t.like(await wear.phone.selfTest(), { tested: 0, failed: 0, atMs: 0 })
    const before = wear.pulses
    const storedBefore = await wear.link.storage()
    await wear.phone.command("selfTest")
    const { tested, failed, atMs } = await wear.phone.selfTest()
    t.deepEqual([partsOf(tested), partsOf(failed)], [USUAL, []])
    t.true(Math.abs(atMs - wear.link.nowMs) < 100)
    t.deepEqual(await wear.link.storage(), storedBefore, "nothing is left of what was tried")
    await wear.link.advance(3000)
    t.is(wear.pulses - before, 4)
    await wear.engine.close()
  })

test("a new device is not calibrated, and that is all", async (t) => {
  const { tested: parts, failed } = await tested()
  t.deepEqual([parts, failed], [USUAL, ["calibration"]])
})

class BrokenPwm {
  constructor() {
    throw new Error("pin is taken")
  }
}
const readOnly = (keyValue: KeyValueStorage): KeyValueStorage => ({
  open: (options) => ({
    ...keyValue.open(options),
    write: () => {
      throw new Error("NVS is full")
    },
  }),
})
/** Of what the test tries. */
const forgetful = (keyValue: KeyValueStorage): KeyValueStorage => ({
  open(options) {
    const domain = keyValue.open(options)
    return { ...domain, read: (key) => (key === "test" ? undefined : domain.read(key)) }
  },
})

const BROKEN: [Part, BoardOptions, (board: Board) => Board][] = [
  ["thighSensor", { thigh: { present: false } }, (board) => board],
  [
    "flash",
    {},
    (board) => ({
      ...board,
      flash: {
        open: () => {
          throw new Error("no partition")
        },
      },
    }),
  ],
  ["keyValue", {}, (board) => ({ ...board, keyValue: readOnly(board.keyValue) })],
  ["keyValue", {}, (board) => ({ ...board, keyValue: forgetful(board.keyValue) })],
  ["battery", { batteryMv: 1200, kind: "xiao_esp32c3" }, (board) => board],
  ["battery", { batteryMv: 4700 }, (board) => board],
  [
    "motor",
    {},
    (board) => ({
      ...board,
      motor: { open: () => new PwmMotor({ io: BrokenPwm as unknown as PWMConstructor, pin: 0, hz: 0 }) },
    }),
  ],
]
for (const [index, [part, options, change]] of BROKEN.entries())
  test(`it tells a broken ${part} (${index + 1})`, async (t) => {
    const { failed, tested: parts } = await tested(options, change)
    t.deepEqual(failed.sort(), [part, "calibration"].sort())
    t.is(parts.includes("gravity"), part !== "thighSensor")
  })

for (const [g, isWell] of [
  [0.85, false],
  [0.95, true],
  [1.05, true],
  [1.15, false],
] as const)
  test(`still, ${g} g is ${isWell ? "" : "not "}gravity`, async (t) => {
    const { failed } = await tested({}, undefined, (virtual) => {
      for (let second = 0; second < 20; second++) still(virtual, g)
    })
    t.is(failed.includes("gravity"), !isWell)
  })

test("while it moves gravity is not tested", async (t) => {
  const { tested: parts } = await tested({}, undefined, (virtual) => {
    for (let time = 0; time < 200; time++) still(virtual, time % 2 === 0 ? 0.7 : 1.3, 0.02)
  })
  t.true(parts.includes("thighSensor"))
  t.false(parts.includes("gravity"))
})

test("a button that is pressed is told, and a board without one has none to test", async (t) => {
  const { failed } = await tested({}, undefined, (virtual) => {
    virtual.pressButton(true)
    still(virtual)
  })
  t.true(failed.includes("button"))
  const { tested: parts } = await tested({}, ({ button: _, ...board }) => board)
  t.false(parts.includes("button"))
})

test("a second sensor is tested once it was there", async (t) => {
  const both = await tested({ shank: {} })
  t.true(both.tested.includes("shankSensor"))
  t.false(both.failed.includes("shankSensor"))
  const { tested: parts, failed } = await tested({ shank: {} }, undefined, (virtual) => {
    still(virtual)
    virtual.connectShank(false)
    still(virtual)
  })
  t.true(parts.includes("shankSensor"))
  t.true(failed.includes("shankSensor"))
  const { tested: never } = await tested({ shank: { present: false } })
  t.false(never.includes("shankSensor"))
})
