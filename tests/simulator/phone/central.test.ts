import test from "ava"
import type { GattReply, GattRequest } from "../../../hosts/virtual/protocol"
import { AttRefusal, Central, LinkError } from "../../../simulator/phone/central"
import { PATELLA } from "../../../src/ble/profile"
import { Device } from "../../ble/device"

const STATUS = { op: "read", characteristic: PATELLA.characteristics.status.uuid } as const
const PUBLIC = { op: "read", characteristic: "2a29" } as const
const IDENTITY = "00aabbccddee"

function near(pairsWhenRefused = true) {
  const device = new Device([], [])
  const sent: GattRequest[] = []
  const news: string[] = []
  const send = async (request: GattRequest): Promise<GattReply> => {
    sent.push(request)
    const reply = device.link.handle(request)
    // As the board's own replies tell it.
    central.saw(device.link.connection)
    return reply
  }
  const central = new Central(send, {
    identity: IDENTITY,
    mtu: 100,
    pairsWhenRefused,
    listener: {
      disconnected: () => news.push("disconnected"),
      bonded: (bonded) => news.push(bonded ? "bonded" : "not bonded"),
    },
  })
  const ops = () => sent.splice(0).map(({ op }) => op)
  return { device, central, news, ops, sent }
}
/** The window that a device without phones opens at its boot is over. */
function later(device: Device): void {
  device.time.nowMs += 61_000
  device.service.tick()
}
const told = () => new Promise((resolve) => setImmediate(resolve))

test("a link has the MTU that both can, and what is public can be read", async (t) => {
  const { central } = near()
  await central.connect()
  t.true(central.connected)
  t.is(central.mtu, 100)
  t.truthy((await central.request(PUBLIC)).value)
  t.false(central.bonded)
})

test("at the first refusal it pairs and asks again; the next link is encrypted with the key that it kept", async (t) => {
  const { central, news, ops } = near()
  await central.connect()
  t.truthy((await central.request(STATUS)).value)
  t.deepEqual(ops(), ["connect", "read", "pair", "read"])
  await central.disconnect()
  // Whoever asked for it has the answer first.
  t.deepEqual(news, ["bonded"])
  await told()
  t.deepEqual(news, ["bonded", "disconnected"])
  ops()
  await central.connect()
  t.truthy((await central.request(STATUS)).value)
  t.deepEqual(ops(), ["connect", "encrypt", "read"])
})

test("two refusals at a time are one pairing", async (t) => {
  const { central, ops } = near()
  await central.connect()
  await Promise.all([central.request(STATUS), central.request(STATUS)])
  t.is(ops().filter((op) => op === "pair").length, 1)
})

test("without being told to pair it is refused, and the link stays", async (t) => {
  const { central, ops } = near(false)
  await central.connect()
  const error = await t.throwsAsync(central.request(STATUS), { instanceOf: AttRefusal })
  t.is(error?.code, 0x05)
  t.true(central.connected)
  await central.pair()
  t.truthy((await central.request(STATUS)).value)
  t.deepEqual(ops(), ["connect", "read", "pair", "read"])
})

test("a device that was not asked to pair drops it: what was under way fails, then the loss is told; the key is no good", async (t) => {
  const { central, device, news, ops } = near()
  later(device)
  await central.connect()
  const order: string[] = []
  const reading = central.request(STATUS).catch((error) => order.push(error.name))
  await reading
  order.push(...news)
  t.deepEqual(order, ["LinkError", "bonded"])
  await told()
  t.deepEqual(news, ["bonded", "disconnected"])
  t.false(central.connected)
  ops()
  await central.connect()
  t.deepEqual(ops(), ["connect", "encrypt"])
  t.false(central.bonded)
  t.true(central.connected)
})

test("a phone that forgot the device pairs again, when the device lets it", async (t) => {
  const { central, device, news } = near()
  await central.connect()
  await central.request(STATUS)
  await central.disconnect()
  await told()
  central.forget()
  await central.connect()
  device.service.openPairing()
  t.truthy((await central.request(STATUS)).value)
  t.deepEqual(news, ["bonded", "disconnected", "not bonded", "bonded"])
})

test("a link that the device ends is noticed without a request, once", async (t) => {
  const { central, device, news } = near()
  await central.connect()
  device.link.drop()
  central.saw(device.link.connection)
  central.saw(device.link.connection)
  t.false(central.connected)
  await told()
  t.deepEqual(news, ["disconnected"])
  await t.throwsAsync(central.request(PUBLIC), { instanceOf: LinkError, message: "not connected" })
})

test("a device that has a phone already is not there for another", async (t) => {
  const { central, device } = near()
  device.link.handle({ op: "connect" })
  await t.throwsAsync(central.connect(), { instanceOf: LinkError, message: "not advertising" })
})
