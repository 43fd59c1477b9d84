/**
 * The firmware behind the RV32 core's bridge does what it does on the virtual board itself: the same events and the same run over Bluetooth.
 * Here the core's part (bridge.c) is a copy of each value, in one engine.
 */
import test from "ava"
import { BoardAnswers } from "../../../hosts/rv32/board-answers"
import { Callbacks, ONE_SENSOR_BOARD, TWO_SENSOR_BOARD } from "../../../hosts/rv32/bridged-board"
import { answerGatt } from "../../../hosts/rv32/bridged-gatt"
import { BoardCall, FirmwareCall, type Value } from "../../../hosts/rv32/calls"
import { CommandHandler, type StartDevice } from "../../../hosts/virtual/command-handler"
import type { Engine } from "../../../simulator/engine/engine"
import { knowing } from "../../../simulator/phone/known-phone"
import { startDevice } from "../../../src/main"
import { projectRecording, Wear } from "../../device/wear"

type Call = (call: number, ...values: Value[]) => Value

const globals = globalThis as unknown as { askBoard?: Call; askFirmware?: Call; callbacks?: Callbacks }

/** As bridge.c carries a call over: bytes arrive as an ArrayBuffer of their own, and what is written there goes back. */
function carried(answer: Call): Call {
  return (call, ...values) => {
    const copies = values.map((value) => {
      if (value instanceof Uint8Array) return value.slice().buffer as ArrayBuffer
      return value instanceof ArrayBuffer ? value.slice(0) : value
    })
    const result = answer(call, ...copies)
    for (const [index, value] of values.entries()) {
      const copy = copies[index]
      if (copy instanceof ArrayBuffer && value instanceof Uint8Array) value.set(new Uint8Array(copy))
    }
    return result instanceof Uint8Array ? (result.slice().buffer as ArrayBuffer) : result
  }
}

const startBehindBridge: StartDevice = (board, io) => {
  const answers = new BoardAnswers(board, io)
  globals.callbacks = new Callbacks()
  globals.askBoard = carried((call, a, b, c) => answers.answer(call, a, b, c))
  globals.askFirmware = carried((call, a, b) => {
    if (call !== FirmwareCall.timer && call !== FirmwareCall.digital) return answerGatt(call, a, b)
    globals.callbacks?.call(a as number)
  })
  return startDevice(board.shank ? TWO_SENSOR_BOARD : ONE_SENSOR_BOARD)
}

async function worn(start: StartDevice, shank: boolean) {
  const handler = new CommandHandler(start)
  const engine = { command: async (frame: Uint8Array) => handler.handle(frame) } as unknown as Engine
  const wear = new Wear(engine)
  await wear.link.boot(knowing(shank ? { shank: {} } : {}))
  await wear.play(await projectRecording("S01.csv.gz"), 0, 60)
  await wear.closeRun()
  await wear.phone.connect()
  await wear.phone.set("thresholdDeg", 35)
  const sync = await wear.phone.sync()
  const settings = await wear.phone.settings()
  await wear.phone.disconnect()
  const events = wear.events.filter(({ name }) => name !== "ready")
  return { sync: { ...sync, device: undefined, identity: undefined }, settings, events, motor: wear.motor }
}

for (const shank of [false, true])
  test.serial(
    `${shank ? "two sensors" : "one sensor"}: events, motor, settings and the run are the same`,
    async (t) => {
      const direct = await worn(startDevice, shank)
      const bridged = await worn(startBehindBridge, shank)
      t.is(direct.sync.runs.length, 1)
      t.true(direct.events.length > 4)
      t.deepEqual(bridged, direct)
    },
  )

test.serial("flash is read, written and erased through the bridge, and its errors come over", async (t) => {
  await worn(startBehindBridge, false)
  const flash = ONE_SENSOR_BOARD.flash.open({ path: "log" })
  // Far from where the firmware writes.
  const BLOCK = 200
  t.deepEqual(flash.status(), { size: 1 << 20, blockLength: 4096, blocks: 256, writeAlign: 4 })
  const read = () => {
    const buffer = new Uint8Array(4)
    flash.read(buffer, BLOCK * 4096)
    return [...buffer]
  }
  flash.write(Uint8Array.of(1, 2, 3, 4), BLOCK * 4096)
  t.deepEqual(read(), [1, 2, 3, 4])
  flash.eraseBlock(BLOCK)
  t.deepEqual(read(), [255, 255, 255, 255])
  t.throws(() => flash.write(Uint8Array.of(1), 1), { message: /not aligned/ })
  flash.close()
})

test.serial("key-value is written, read and deleted through the bridge", async (t) => {
  await worn(startBehindBridge, false)
  const domain = ONE_SENSOR_BOARD.keyValue.open({ path: "bridge", format: "buffer" })
  domain.write("a", Uint8Array.of(7).buffer)
  t.deepEqual([...new Uint8Array(domain.read("a") as ArrayBuffer)], [7])
  domain.delete("a")
  t.is(domain.read("a"), undefined)
  domain.close()
})

test.serial("a call that there is not is refused", async (t) => {
  await worn(startBehindBridge, false)
  const last = Math.max(...Object.values(BoardCall))
  t.throws(() => globals.askBoard?.(last + 1), { message: /which is no call/ })
})
