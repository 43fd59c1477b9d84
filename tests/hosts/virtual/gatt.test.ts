import test from "ava"
import { GattLink } from "../../../hosts/virtual/gatt"
import { fromHex, type GattRequest, toHex } from "../../../hosts/virtual/protocol"
import type { GattConnection, GattServer } from "../../../src/ble/port"

const HANDLES = {
  readable: "aaa0",
  writable: "aaa1",
  notifying: "aaa2",
  secret: "aaa3",
  huge: "aaa4",
  failing: "aaa5",
}

function setUp() {
  const clock = { nowMs: 100 }
  const link = new GattLink(clock)
  const calls: string[] = []
  const written: string[] = []
  let connection: GattConnection | undefined
  const server: GattServer = new link.Server({
    services: [
      {
        uuid: "aaaa",
        characteristics: [
          { uuid: HANDLES.readable, read: true, onRead: () => Uint8Array.of(1, 255) },
          {
            uuid: HANDLES.writable,
            write: true,
            onWrite: (value) => {
              written.push(toHex(value))
              return value[0] === 9 ? 0x13 : 0
            },
          },
          {
            uuid: HANDLES.notifying,
            notify: true,
            descriptors: [{ uuid: "2901", value: Uint8Array.of(0x41) }],
            onSubscribe: () => calls.push("subscribed"),
            onUnsubscribe: () => calls.push("unsubscribed"),
          },
          { uuid: HANDLES.secret, read: true, encrypted: true, onRead: () => Uint8Array.of(7) },
          { uuid: HANDLES.huge, read: true, onRead: () => new Uint8Array(513) },
          { uuid: HANDLES.failing, read: true, onRead: () => 0x81 },
        ],
      },
    ],
    onConnect: (made) => {
      connection = made
      calls.push(`connected ${made.id} mtu ${made.mtu}`)
    },
    onDisconnect: ({ id }) => calls.push(`disconnected ${id}`),
  })
  server.startAdvertising({ name: "Test", services: ["aaaa"] })
  const ask = (op: GattRequest["op"], characteristic: string, value = "") =>
    link.handle({ op, connection: 1, characteristic, value })
  return { clock, link, server, calls, written, ask, connection: () => connection }
}

function connected(mtu = 50) {
  const made = setUp()
  made.link.handle({ op: "connect", mtu })
  return made
}

test("a central finds what is advertised and agrees on an MTU", (t) => {
  const { link, calls } = setUp()
  const advertisement = { name: "Test", services: ["aaaa"] }
  t.deepEqual(link.handle({ op: "connect", mtu: 50 }), { connection: 1, mtu: 50, advertisement })
  t.deepEqual(calls, ["connected 1 mtu 50"])
})

const mtus: [asked: number | undefined, agreed: number][] = [
  [undefined, 23],
  [5, 23],
  [517, 256],
]
for (const [asked, agreed] of mtus) {
  test(`asked for an MTU of ${asked}, they agree on ${agreed}`, (t) => {
    t.is(setUp().link.handle({ op: "connect", ...(asked === undefined ? {} : { mtu: asked }) }).mtu, agreed)
  })
}

test("nobody connects to a device that does not advertise, or that has a central", (t) => {
  const { link, server } = setUp()
  server.stopAdvertising()
  t.deepEqual(link.handle({ op: "connect" }), { linkError: "not advertising" })
  server.startAdvertising({})
  t.deepEqual(link.handle({ op: "connect" }).advertisement, { name: "", services: [] })
  t.deepEqual(link.handle({ op: "connect" }), { linkError: "not advertising" })
})

test("services are discovered with properties and descriptors, a notifying one with its 0x2902", (t) => {
  const { link, ask } = connected()
  const notifying = () =>
    link
      .handle({ op: "discover", connection: 1 })
      .services?.[0]?.characteristics.find(({ uuid }) => uuid === HANDLES.notifying)
  t.deepEqual(notifying(), {
    uuid: HANDLES.notifying,
    properties: ["notify"],
    descriptors: [
      { uuid: "2901", value: "41" },
      { uuid: "2902", value: "0000" },
    ],
  })
  ask("subscribe", HANDLES.notifying)
  t.is(notifying()?.descriptors[1]?.value, "0100")
})

const replies: [what: string, op: GattRequest["op"], characteristic: string, value: string, reply: object][] =
  [
    ["a read gives the value", "read", HANDLES.readable, "", { value: "01ff" }],
    ["a write is taken", "write", HANDLES.writable, "0102", {}],
    ["the handler's refusal of a write is passed on", "write", HANDLES.writable, "09", { error: 0x13 }],
    ["the handler's refusal of a read is passed on", "read", HANDLES.failing, "", { error: 0x81 }],
    ["reading what cannot be read", "read", HANDLES.writable, "", { error: 0x02 }],
    ["writing what cannot be written", "write", HANDLES.readable, "00", { error: 0x03 }],
    ["subscribing to what does not notify", "subscribe", HANDLES.readable, "", { error: 0x06 }],
    ["an unknown characteristic", "read", "bbbb", "", { error: 0x01 }],
    ["a value longer than 512 bytes read", "read", HANDLES.huge, "", { error: 0x0e }],
    ["a value longer than 512 bytes written", "write", HANDLES.writable, "00".repeat(513), { error: 0x0d }],
    ["an encrypted characteristic on an open link", "read", HANDLES.secret, "", { error: 0x05 }],
  ]
for (const [what, op, characteristic, value, reply] of replies) {
  test(`${what}: ${JSON.stringify(reply)}`, (t) => {
    t.deepEqual(connected().ask(op, characteristic, value), reply)
  })
}

test("512 bytes are written whole; more never reach the handler", (t) => {
  const { ask, written } = connected()
  ask("write", HANDLES.writable, "ab".repeat(512))
  ask("write", HANDLES.writable, "ab".repeat(513))
  t.deepEqual(written, ["ab".repeat(512)])
})

test("notifications reach a subscriber, cut to the MTU, at their time", (t) => {
  const { ask, server, link, clock } = connected(23)
  server.notify(HANDLES.notifying, Uint8Array.of(1))
  t.deepEqual(link.takeNotifications(), [], "not subscribed yet")
  ask("subscribe", HANDLES.notifying)
  clock.nowMs = 250
  server.notify(HANDLES.notifying, new Uint8Array(30).fill(0xee))
  t.deepEqual(link.takeNotifications(), [
    { characteristic: HANDLES.notifying, atMs: 250, value: "ee".repeat(20) },
  ])
  t.deepEqual(link.takeNotifications(), [], "taken once")
  ask("unsubscribe", HANDLES.notifying)
  server.notify(HANDLES.notifying, Uint8Array.of(1))
  t.deepEqual(link.takeNotifications(), [])
})

test("subscribing twice tells the firmware once", (t) => {
  const { ask, calls } = connected()
  ask("subscribe", HANDLES.notifying)
  ask("subscribe", HANDLES.notifying)
  ask("unsubscribe", HANDLES.notifying)
  ask("unsubscribe", HANDLES.notifying)
  t.deepEqual(calls.slice(1), ["subscribed", "unsubscribed"])
})

test("notifying what cannot be subscribed to is the firmware's error", (t) => {
  const { server } = connected()
  t.throws(() => server.notify(HANDLES.readable, Uint8Array.of(1)), { message: /aaa0 does not notify/ })
  t.throws(() => server.notify("bbbb", Uint8Array.of(1)), { message: /bbbb does not notify/ })
})

for (const op of ["disconnect", "drop"] as const) {
  test(`after a ${op} nothing is answered, nothing notified, no subscription kept`, (t) => {
    const { ask, server, link, calls } = connected()
    ask("subscribe", HANDLES.notifying)
    t.deepEqual(link.handle({ op, connection: 1 }), {})
    t.deepEqual(calls.slice(-1), ["disconnected 1"])
    t.deepEqual(ask("read", HANDLES.readable), { linkError: "not connected" })
    server.startAdvertising({})
    t.is(link.handle({ op: "connect" }).connection, 2)
    server.notify(HANDLES.notifying, Uint8Array.of(1))
    t.deepEqual(link.takeNotifications(), [])
    t.deepEqual(
      ask("read", HANDLES.readable),
      { linkError: "not connected" },
      "the old connection stays gone",
    )
  })
}

test("the firmware can close the connection, once", (t) => {
  const { connection, calls, server, link } = connected()
  connection()?.close()
  server.startAdvertising({})
  link.handle({ op: "connect" })
  connection()?.close()
  t.deepEqual(calls, ["connected 1 mtu 50", "disconnected 1", "connected 2 mtu 23", "disconnected 2"])
})

test("an old connection object does not close the next connection", (t) => {
  const { connection, calls, server, link } = connected()
  const old = connection()
  link.drop()
  server.startAdvertising({})
  link.handle({ op: "connect" })
  old?.close()
  t.is(calls.at(-1), "connected 2 mtu 23")
})

test("a closed server ends the connection and leaves room for another; two at once are refused", (t) => {
  const { server, link, calls } = connected()
  t.throws(() => new link.Server({ services: [] }), { message: /there is one already/ })
  server.close()
  t.is(calls.at(-1), "disconnected 1")
  t.throws(() => server.startAdvertising({}), { message: /closed/ })
  t.deepEqual(link.handle({ op: "connect" }), { linkError: "not advertising" })
  t.notThrows(() => new link.Server({ services: [] }))
})

test("bytes and hex are each other's image; what is no hex is refused with its offset", (t) => {
  t.is(toHex(Uint8Array.of(0, 15, 255)), "000fff")
  t.deepEqual(fromHex("000fFF"), Uint8Array.of(0, 15, 255))
  for (const [hex, offset] of [
    ["0", 0],
    ["00zz", 2],
    ["00 1", 2],
  ] as const) {
    t.throws(() => fromHex(hex), { instanceOf: RangeError, message: new RegExp(`offset ${offset} `) })
  }
})
