/** GATT requests that take their time on air, from the central's side. */
import test from "ava"
import { VirtualClock } from "../../../hosts/virtual/clock"
import { GattLink } from "../../../hosts/virtual/gatt"
import type { GattReply, GattRequest, LinkModel } from "../../../hosts/virtual/protocol"

const INTERVAL_MS = 30

function connected(mtu: number, model: LinkModel | undefined, valueBytes = 10) {
  const clock = new VirtualClock()
  const link = new GattLink(clock)
  const handled: number[] = []
  const server = new link.Server({
    services: [
      {
        uuid: "1800",
        characteristics: [
          {
            uuid: "aaaa",
            read: true,
            write: true,
            notify: true,
            onRead() {
              handled.push(clock.nowMs)
              return new Uint8Array(valueBytes).fill(7)
            },
            onWrite(value) {
              handled.push(clock.nowMs)
              for (const byte of value) server.notify("aaaa", Uint8Array.of(byte))
              return value[0] === 0xff ? 0x13 : 0
            },
          },
        ],
      },
    ],
  })
  server.startAdvertising({ name: "N" })
  const { connection = 0 } = link.handle({ op: "connect", mtu, ...(model && { link: model }) })
  const ask = (op: GattRequest["op"], value = ""): GattReply =>
    link.handle({ op, connection, characteristic: "aaaa", value })
  return { clock, link, handled, ask, connection }
}
/** How many connection events have begun. */
const events = ({ nowMs }: { nowMs: number }) => Math.floor(nowMs / INTERVAL_MS)

test("without a model nothing takes time", (t) => {
  const { clock, ask } = connected(23, undefined)
  t.deepEqual(ask("read").value?.length, 20)
  t.is(clock.nowUs, 0)
})

test("a request arrives in the next event, its response in the one after", (t) => {
  for (const op of ["read", "write", "subscribe", "unsubscribe"] as const) {
    const { clock, handled, ask } = connected(23, {})
    const reply = ask(op, "01")
    t.is(reply.error ?? reply.linkError, undefined)
    t.is(events(clock), 2, op)
    t.true(clock.nowMs < 2 * INTERVAL_MS + 2)
    if (op === "read" || op === "write")
      t.deepEqual(
        handled.map((nowMs) => events({ nowMs })),
        [1],
      )
    // The next one.
    ask(op, "01")
    t.is(events(clock), 4, op)
  }
})

test("refusals take as long", (t) => {
  const { clock, ask } = connected(23, {})
  t.deepEqual(ask("write", "ff"), { error: 0x13 })
  t.is(events(clock), 2)
})

const reads: [mtu: number, bytes: number, requests: number][] = [
  [23, 21, 1],
  // Full: whether there is more, only another request tells.
  [23, 22, 2],
  [23, 44, 3],
  [23, 45, 3],
  [247, 245, 1],
  [247, 512, 3],
]
for (const [mtu, bytes, requests] of reads)
  test(`a value of ${bytes} bytes at an MTU of ${mtu} takes ${requests} requests`, (t) => {
    const { clock, ask, handled } = connected(mtu, {}, bytes)
    t.is(ask("read").value?.length, 2 * bytes)
    t.is(events(clock), 2 * requests)
    t.is(handled.length, 1)
  })

test("a value longer than the MTU is written by parts, and reaches the server whole", (t) => {
  const { clock, ask, handled } = connected(23, {})
  t.deepEqual(ask("write", "01".repeat(20)), {})
  t.is(events(clock), 2)
  t.deepEqual(ask("write", "01".repeat(21)), {})
  t.is(events(clock), 2 + 2 * 3, "18 bytes, 3 bytes, execute")
  t.is(handled.length, 2)
})

test("what a write brings is notified after its response, and read with its time", (t) => {
  const { clock, link, ask } = connected(23, {})
  ask("subscribe")
  ask("write", "0102030405")
  t.is(events(clock), 4)
  // In the event: the response, then three of the notifications.
  clock.runUntil(6 * INTERVAL_MS * 1000)
  const told = link.takeNotifications()
  t.deepEqual(
    told.map(({ value, atMs }) => [value, events({ nowMs: atMs })]),
    [
      ["01", 4],
      ["02", 4],
      ["03", 4],
      ["04", 5],
      ["05", 5],
    ],
  )
})

test("a link that is lost while a request is on its way is told, and the next one is another", (t) => {
  const { clock, link, ask } = connected(23, {})
  clock.at(45_000, () => link.drop())
  t.deepEqual(ask("read"), { linkError: "not connected" })
  t.true(clock.nowMs < 50)
  t.deepEqual(ask("read"), { linkError: "not connected" })
})

test("a clock that stands still ends the wait", (t) => {
  const { clock, ask } = connected(23, {})
  clock.at(20_000, () => clock.stop())
  t.deepEqual(ask("read"), { linkError: "not connected" })
})

test("a clock that cannot be run is refused", (t) => {
  const link = new GattLink({ nowMs: 0 })
  new link.Server({ services: [] }).startAdvertising({})
  t.throws(() => link.handle({ op: "connect", link: {} }), { message: /needs the board's clock/ })
})
