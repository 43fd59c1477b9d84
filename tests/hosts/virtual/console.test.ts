/** The model of the console's line: speed, the driver's buffer, a host that listens or does not. */
import test from "ava"
import { VirtualClock } from "../../../hosts/virtual/clock"
import { VirtualConsole } from "../../../hosts/virtual/console"
import type { ConsoleOptions } from "../../../hosts/virtual/protocol"

const US_PER_S = 1_000_000
const BYTES_PER_S = 1000

function line(options: ConsoleOptions = {}) {
  const clock = new VirtualClock()
  const port = new VirtualConsole(clock, { bytesPerS: BYTES_PER_S, bufferBytes: 100, ...options })
  const packets: [bytes: number, atMs: number][] = []
  const reader = {
    onReadable: (bytes: Uint8Array) => void packets.push([bytes.length, clock.nowMs]),
    onWritable() {},
  }
  const link = port.open(reader)
  const run = (ms: number) => clock.runUntil(clock.nowUs + (ms * US_PER_S) / 1000)
  return { clock, port, link, packets, run }
}

const BYTES = Uint8Array.from({ length: 300 }, (_, index) => index & 0xff)

test("what is written reaches the host at the line's speed, in order", (t) => {
  const { port, link, run } = line()
  t.is(link.write(BYTES, 10, 60), 50)
  t.is(port.take().length, 0)
  run(20)
  t.deepEqual([...Buffer.from(port.take(), "latin1")], [...BYTES.subarray(10, 30)])
  run(100)
  t.deepEqual([...Buffer.from(port.take(), "latin1")], [...BYTES.subarray(30, 60)])
})

test("a line that had nothing to do does not carry faster for it", (t) => {
  const { port, link, run } = line()
  run(5000)
  link.write(BYTES, 0, 100)
  run(10)
  t.is(port.take().length, 10)
})

test("the buffer takes no more than it holds, and again what has gone", (t) => {
  const { link, run } = line()
  t.is(link.write(BYTES, 0, 300), 100)
  t.is(link.write(BYTES, 100, 300), 0)
  run(30)
  t.is(link.write(BYTES, 100, 300), 30)
})

test("nobody listens: the buffer fills and stays; it goes on where it was when somebody does", (t) => {
  const { port, link, run } = line({ listens: false })
  t.is(link.write(BYTES, 0, 300), 100)
  run(10_000)
  t.is(link.write(BYTES, 100, 300), 0)
  t.is(port.take().length, 0)
  port.listen(true)
  run(1000)
  t.deepEqual([...Buffer.from(port.take(), "latin1")], [...BYTES.subarray(0, 100)])
})

test("what the host sends comes in packets of 64 bytes at the line's speed", (t) => {
  const { port, packets, run } = line()
  port.send(BYTES.subarray(0, 150))
  run(1000)
  t.deepEqual(packets, [
    [64, 64],
    [64, 128],
    [22, 150],
  ])
})

test("one reader at a time; after it is closed the next, and the old link writes nothing more", (t) => {
  const { port, link, run } = line()
  const reader = { onReadable() {}, onWritable() {} }
  t.throws(() => port.open(reader), { message: /in use/ })
  link.close()
  const next = port.open(reader)
  t.is(link.write(BYTES, 0, 10), 0)
  t.is(next.write(BYTES, 0, 10), 10)
  run(1000)
  t.is(port.take().length, 10)
})
