/** What goes over a connection and when, against cases worked out by hand from the specification's figures. */
import test from "ava"
import { VirtualClock } from "../../../hosts/virtual/clock"
import type { LinkModel } from "../../../hosts/virtual/protocol"
import { RadioLink, SHORT_PAYLOAD_BYTES } from "../../../hosts/virtual/radio-link"

const INTERVAL_US = 30_000
/** On air, 8 µs a byte: preamble, address, header and CRC are 10 bytes, the MIC of a packet with something in it 4. */
const EMPTY_US = 80
const SHORT_US = (10 + 27 + 4) * 8
const GAP_US = 150
/** Notifications that fill a packet: less the L2CAP header's 4 bytes. */
const SHORT_ATT = 23
const LONG_ATT = 247
const NO_EXTENSION: LinkModel = { payloadBytes: SHORT_PAYLOAD_BYTES }

function link(model: LinkModel, random?: () => number) {
  const clock = new VirtualClock()
  const radio = new RadioLink(clock, model, random)
  const arrivals: number[] = []
  const arrived = () => void arrivals.push(Math.round(clock.nowUs))
  return { clock, radio, arrivals, arrived }
}

test("full packets go four to an event, each after an empty one of the phone and two pauses", (t) => {
  const { clock, radio, arrivals, arrived } = link(NO_EXTENSION)
  for (let count = 6; count > 0; count--) t.true(radio.notify(SHORT_ATT, arrived))
  clock.runUntil(10 * INTERVAL_US)
  const turnUs = EMPTY_US + GAP_US + SHORT_US + GAP_US
  t.is(turnUs, 708)
  const firstUs = EMPTY_US + GAP_US + SHORT_US
  t.deepEqual(
    arrivals,
    [0, 1, 2, 3, 4, 5].map((packet) => (packet < 4 ? 1 : 2) * INTERVAL_US + (packet % 4) * turnUs + firstUs),
  )
})

/** Bytes of values a second, when there is always one more: of a notification's ATT bytes three are its head. */
function bytesPerSecond(model: LinkModel, attBytes: number, seconds = 30): number {
  const { clock, radio } = link(model)
  let bytes = 0
  const next = () => {
    bytes += attBytes - 3
    radio.notify(attBytes, next)
  }
  for (let count = 12; count > 0; count--) radio.notify(attBytes, next)
  clock.runUntil(seconds * 1e6 + INTERVAL_US)
  return bytes / seconds
}

const rates: [what: string, model: LinkModel, attBytes: number, wanted: number][] = [
  ["MTU 23: 4 × 20 bytes in 30 ms", NO_EXTENSION, SHORT_ATT, (4 * 20) / 0.03],
  ["MTU 23, though packets are longer: the same", {}, SHORT_ATT, (4 * 20) / 0.03],
  ["MTU 247: 4 × 244 bytes in 30 ms", {}, LONG_ATT, (4 * 244) / 0.03],
  ["MTU 247 in short packets, ten to a value: 244 bytes in 2.5 events", NO_EXTENSION, LONG_ATT, 244 / 0.075],
  ["in 15 ms twice as much", { intervalMs: 15 }, LONG_ATT, (4 * 244) / 0.015],
  ["6 packets to an event", { packetsPerEvent: 6 }, LONG_ATT, (6 * 244) / 0.03],
  // 2,500 µs a turn.
  ["no more than there is time for", { intervalMs: 7.5 }, LONG_ATT, (3 * 244) / 0.0075],
]
for (const [what, model, attBytes, wanted] of rates)
  test(`bytes a second at ${what}`, (t) => {
    const rate = bytesPerSecond(model, attBytes)
    t.true(Math.abs(rate / wanted - 1) < 0.005, `${rate}, not ${wanted}`)
  })

test("what is handed over within an event goes in the next one: an answer takes two intervals", (t) => {
  const { clock, radio, arrivals, arrived } = link({})
  clock.runUntil(5000)
  radio.toDevice(7, () => {
    arrived()
    radio.toPhone(1, arrived)
  })
  clock.runUntil(10 * INTERVAL_US)
  const requestUs = (10 + 7 + 4 + 4) * 8
  const responseUs = (10 + 1 + 4 + 4) * 8
  t.deepEqual(arrivals, [INTERVAL_US + requestUs, 2 * INTERVAL_US + EMPTY_US + GAP_US + responseUs])
})

test("at the instant of an event it is too late for that event", (t) => {
  const { clock, radio, arrivals, arrived } = link({})
  clock.runUntil(INTERVAL_US)
  radio.toDevice(7, arrived)
  clock.runUntil(10 * INTERVAL_US)
  t.is(Math.floor((arrivals[0] ?? 0) / INTERVAL_US), 2)
})

test("the thirteenth notification is lost, and there is room again when some have arrived", (t) => {
  const { clock, radio, arrivals, arrived } = link({})
  for (let count = 12; count > 0; count--) t.true(radio.notify(LONG_ATT, arrived))
  t.false(radio.notify(LONG_ATT, arrived))
  clock.runUntil(1.5 * INTERVAL_US)
  t.is(arrivals.length, 4)
  for (let count = 4; count > 0; count--) t.true(radio.notify(LONG_ATT, arrived))
  t.false(radio.notify(LONG_ATT, arrived))
  clock.runUntil(10 * INTERVAL_US)
  t.is(arrivals.length, 16)
})

/** The packets of these turns are lost, the phone's and the device's in turn. */
const losing = (...lost: number[]) => {
  let packet = 0
  return () => (lost.includes(packet++) ? 0 : 0.99)
}
const inEvent = (arrivals: readonly number[]) => arrivals.map((us) => Math.floor(us / INTERVAL_US))

test("a packet that is lost ends its event, and is sent again in the next", (t) => {
  // The phone's first; then the device's second.
  for (const [lost, events] of [
    [0, [2, 2, 2, 2, 3]],
    [3, [1, 2, 2, 2, 2]],
  ] as const) {
    const { clock, radio, arrivals, arrived } = link({ loss: 0.5 }, losing(lost))
    for (let count = 5; count > 0; count--) radio.notify(LONG_ATT, arrived)
    clock.runUntil(10 * INTERVAL_US)
    t.deepEqual(inEvent(arrivals), [...events])
  }
})

test("what was heard is heard once, though it is sent again because the answer was not", (t) => {
  const { clock, radio, arrivals, arrived } = link({ loss: 0.5 }, losing(1))
  radio.toDevice(7, arrived)
  radio.toDevice(7, arrived)
  clock.runUntil(10 * INTERVAL_US)
  t.deepEqual(inEvent(arrivals), [1, 2])
  // Beside it in the second event: the one that came over before.
  const turnUs = 25 * 8 + GAP_US + EMPTY_US + GAP_US
  t.is(arrivals[1], 2 * INTERVAL_US + turnUs + 25 * 8)
})

test("5 % loss: as many packets to an event as turns succeed in a row", (t) => {
  const turn = 0.95 ** 2
  const perEvent = turn + turn ** 2 + turn ** 3 + turn ** 4
  const rate = bytesPerSecond({ loss: 0.05 }, LONG_ATT, 300)
  t.true(Math.abs(rate / ((perEvent * 244) / 0.03) - 1) < 0.01, `${rate}`)
})

test("the same seed loses the same packets, another seed others", (t) => {
  const arrivalsOf = (seed: number) => {
    const { clock, radio, arrivals, arrived } = link({ loss: 0.3, seed })
    for (let count = 12; count > 0; count--) radio.notify(LONG_ATT, arrived)
    clock.runUntil(100 * INTERVAL_US)
    return arrivals
  }
  t.deepEqual(arrivalsOf(1), arrivalsOf(1))
  t.notDeepEqual(arrivalsOf(1), arrivalsOf(2))
  t.is(arrivalsOf(2).length, 12)
})

test("after a link is closed nothing arrives, also of what was on its way", (t) => {
  const { clock, radio, arrivals, arrived } = link({})
  for (let count = 12; count > 0; count--) radio.notify(LONG_ATT, arrived)
  clock.runUntil(INTERVAL_US + 3000)
  t.is(arrivals.length, 1)
  radio.close()
  clock.runUntil(10 * INTERVAL_US)
  t.is(arrivals.length, 1)
})
