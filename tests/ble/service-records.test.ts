/** Records over the service's characteristics: what goes where, and what becomes of it when the phone has gone. */
import test from "ava"
import { fromHex } from "../../hosts/virtual/protocol"
import { PATELLA } from "../../src/ble/profile"
import { recordOf } from "./access-desk"
import { Device } from "./device"

const { recordAccess, records } = PATELLA.characteristics
/** Fetch of run 1: from 0, transfer 1, 4 chunks. */
const FETCH = [0x80, 2, 1, 0, 0, 0, 0, 0, 1, 4]
const SELECT = [0x83, 2, 1, 0, 0, 0, 0, 0]
const MORE = [0x81, 1, 4]

function connected(mtu?: number): Device {
  const device = new Device()
  device.runs.add(1, recordOf(1, 3000))
  join(device, mtu)
  return device
}
function join(device: Device, mtu?: number): void {
  device.connect(mtu)
  device.request("subscribe", recordAccess)
  device.request("subscribe", records)
}
function notified(device: Device): { uuid: string; value: Uint8Array }[] {
  return device.link
    .takeNotifications()
    .map(({ characteristic, value }) => ({ uuid: characteristic, value: fromHex(value) }))
}

for (const mtu of [23, 64, 185, 247])
  test(`at an MTU of ${mtu} chunks are as long as a notification carries`, (t) => {
    const device = connected(mtu)
    t.deepEqual(device.request("write", recordAccess, FETCH), {})
    const notes = notified(device)
    t.deepEqual(
      notes.map(({ uuid, value }) => [uuid, value.length]),
      [18, mtu - 3, mtu - 3, mtu - 3].map((bytes) => [records.uuid, bytes]),
    )
  })

test("responses go to record access, by notification and by read", (t) => {
  const device = connected()
  t.is(device.request("read", recordAccess).value, "00000000000000")
  t.deepEqual(device.request("write", recordAccess, SELECT), {})
  t.deepEqual(notified(device), [{ uuid: recordAccess.uuid, value: fromHex("830100b80b0000") }])
  t.is(device.request("read", recordAccess).value, "830100b80b0000")
  t.is(fromHex(device.request("read", records).value ?? "").length, 512)
})

test("a request that is malformed is an ATT error, and no fault", (t) => {
  const device = connected()
  t.deepEqual(device.request("write", recordAccess, [0x83]), { error: 0x0d })
  t.deepEqual(device.request("write", recordAccess, [0x81, 1, 0]), { error: 0x13 })
  t.is(device.service.faults, 0)
})

test("with the link the transfer and the selection are gone", (t) => {
  const device = connected()
  device.request("write", recordAccess, SELECT)
  device.request("write", recordAccess, FETCH)
  device.link.drop()
  join(device)
  t.is(device.request("read", records).value, "00".repeat(15))
  t.is(device.request("read", recordAccess).value, "00000000000000")
  notified(device)
  device.request("write", recordAccess, MORE)
  t.deepEqual(notified(device), [{ uuid: recordAccess.uuid, value: fromHex("81050100000000") }])
})

test("a phone that says nothing more is told that its transfer has ended", (t) => {
  const device = connected()
  device.request("write", recordAccess, FETCH)
  notified(device)
  for (let seconds = 0; seconds < 30; seconds++) {
    device.time.nowMs += 1000
    device.service.tick()
  }
  t.deepEqual(notified(device), [{ uuid: recordAccess.uuid, value: fromHex("80080133000000") }])
})

test("a run that cannot be read is a fault, and the phone is told so in the response", (t) => {
  const device = connected()
  const { bytes } = device.flash
  bytes[Buffer.from(bytes).indexOf(Buffer.from(recordOf(1, 3000))) + 50] = 0
  t.deepEqual(device.request("write", recordAccess, FETCH), {})
  t.deepEqual(notified(device), [{ uuid: recordAccess.uuid, value: fromHex("80080100000000") }])
  t.is(device.service.faults, 1)
  t.regex(device.service.lastFault, /run 1 .* cannot be read whole/)
})
