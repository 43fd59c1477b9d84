/** What the console is while nobody types, and where it cannot be had. */
import test from "ava"
import { VirtualBoard } from "../../hosts/virtual/board"
import type { Reply } from "../../hosts/virtual/protocol"
import { knowing } from "../../simulator/phone/known-phone"
import type { Board } from "../../src/board"
import type { ConsoleReader } from "../../src/console/port"
import { startDevice } from "../../src/main"

const READY_MS = 500
const LEFT_MS = 310_000

function started(change: (board: Board) => Board) {
  const virtual = new VirtualBoard(knowing({}))
  const device = startDevice(change(virtual.board))
  virtual.advance(READY_MS)
  return { virtual, device }
}

/** The board, and who listens at its console. */
function listening() {
  const readers: ConsoleReader[] = []
  const world = started((board) => ({
    ...board,
    console: {
      open(reader) {
        readers.push(reader)
        return board.console?.open(reader) ?? { write: () => 0, close() {} }
      },
    },
  }))
  const [reader] = readers
  if (!reader) throw new Error("nobody listens")
  return { ...world, reader }
}

const shown = ({ console }: VirtualBoard) => Buffer.from(console.take(), "latin1").toString()

test("until somebody types it is an object of five fields, and is so again when they have left", (t) => {
  const { virtual, reader } = listening()
  const fields = () => Object.entries(reader)
  const unused = () =>
    fields()
      .filter(([, value]) => value === undefined)
      .map(([name]) => name)
  t.is(fields().length, 5)
  t.deepEqual(unused(), ["session"])
  virtual.console.send(Buffer.from("record 1\r"))
  virtual.advance(4000)
  t.regex(shown(virtual), /# \d+ samples in 1\.0 s/)
  t.deepEqual(unused(), [])
  virtual.advance(LEFT_MS)
  t.is(fields().length, 5)
  t.deepEqual(unused(), ["session"])
})

test("the sensor's own step is in place again after a recording", (t) => {
  const { virtual, reader } = listening()
  const { thigh } = (reader as unknown as { parts: { thigh: object } }).parts
  const before = Object.entries(thigh)
  virtual.console.send(Buffer.from("record\r"))
  virtual.advance(1000)
  t.notDeepEqual(
    Object.keys(thigh),
    before.map(([name]) => name),
  )
  virtual.console.send(Buffer.from("q"))
  virtual.advance(1000)
  t.deepEqual(
    Object.keys(thigh),
    before.map(([name]) => name),
  )
  t.is(
    Object.entries(thigh).find(([name]) => name === "step")?.[1],
    before.find(([name]) => name === "step")?.[1],
  )
})

test("a board without the port has no console; a port that cannot be had is a fault, and the device works", (t) => {
  const without = started(({ console: _, ...board }) => board)
  without.virtual.console.send(Buffer.from("help\r"))
  without.virtual.advance(1000)
  t.is(shown(without.virtual), "")
  const { virtual } = started((board) => ({
    ...board,
    console: {
      open() {
        throw new Error("USB port: ESP-IDF error 259")
      },
    },
  }))
  virtual.advance(2000)
  const reply: Reply = { nowMs: 0 }
  virtual.moveInto(reply)
  t.true(
    reply.events?.some(
      ({ name, detail }) => name === "fault" && detail === "console: USB port: ESP-IDF error 259",
    ),
  )
  t.true(virtual.thigh.rateHz > 0)
})

test("a board that cannot start itself anew says so", (t) => {
  const { virtual } = started(({ update: _, ...board }) => board)
  virtual.console.send(Buffer.from("reboot\r"))
  virtual.advance(1000)
  t.regex(shown(virtual), /\n! this board cannot start itself anew: press its reset button/)
})

test("closing the device ends a recording and the log, and frees the port", (t) => {
  const { virtual, device } = listening()
  virtual.console.send(Buffer.from("log all\rrecord\r"))
  virtual.advance(2000)
  t.true(shown(virtual).includes("time_s,"))
  device.close()
  virtual.advance(2000)
  shown(virtual)
  virtual.advance(5000)
  t.is(shown(virtual), "")
  t.notThrows(() => virtual.console.open({ onReadable() {}, onWritable() {} }))
})
