/** Who listens to the live measurement, as the service tells the device. */
import test from "ava"
import { encode } from "../../src/ble/fields"
import { PATELLA } from "../../src/ble/profile"
import { ABORT_REQUEST, FETCH_REQUEST, RecordKind } from "../../src/ble/record-layouts"
import { Device, EXAMPLE_RUN } from "./device"

const { live, status, recordAccess } = PATELLA.characteristics
const VALUE = Uint8Array.from({ length: 20 }, (_, index) => index)

for (const [mtu, limitBytes] of [
  [undefined, 20],
  [247, 244],
] as const)
  test(`a phone that subscribes is told values of ${limitBytes} bytes, until it unsubscribes`, (t) => {
    const device = new Device()
    device.connect(mtu)
    t.is(device.watched, undefined)
    t.deepEqual(device.request("subscribe", live), {})
    t.is(device.watched?.limitBytes, limitBytes)
    device.watched?.listener.liveMeasured(VALUE)
    t.deepEqual(
      device.link.takeNotifications().map(({ characteristic, value }) => [characteristic, value]),
      [[live.uuid, "000102030405060708090a0b0c0d0e0f10111213"]],
    )
    t.deepEqual(device.request("unsubscribe", live), {})
    t.is(device.watched, undefined)
  })

test("a value may be written anew as soon as it is handed over", (t) => {
  const device = new Device()
  device.connect()
  device.request("subscribe", live)
  const value = VALUE.slice()
  device.watched?.listener.liveMeasured(value)
  value.fill(0xff)
  t.is(device.link.takeNotifications()[0]?.value.slice(0, 8), "00010203")
})

test("a phone that has gone listens no more, and the next one does when it asks", (t) => {
  const device = new Device()
  device.connect()
  device.request("subscribe", live)
  device.link.drop()
  t.is(device.watched, undefined)
  device.connect()
  t.is(device.watched, undefined)
  device.request("subscribe", live)
  t.not(device.watched, undefined)
})

test("who subscribes to something else does not listen", (t) => {
  const device = new Device()
  device.connect()
  device.request("subscribe", status)
  t.is(device.watched, undefined)
})

test("without a subscription a read gives the newest angle", (t) => {
  const device = new Device()
  device.connect()
  t.is(device.request("read", live).value, "00000000020050010700030068 10".replace(" ", ""))
})

test("a device that cannot is a fault, and the phone is told nothing", (t) => {
  const device = new Device()
  device.connect()
  device.break("no motion")
  t.deepEqual(device.request("subscribe", live), {})
  t.deepEqual(device.request("read", live), { error: 0x0e })
  t.is(device.service.faults, 2)
})

test("while a record is on its way it gives way to that", (t) => {
  const device = new Device([EXAMPLE_RUN])
  device.connect()
  device.request("subscribe", live)
  const { listener } = device.watched ?? {}
  t.false(listener?.isTransferring)
  const fetch = { kind: RecordKind.run, runId: EXAMPLE_RUN.id, offset: 0, transfer: 1, window: 1 }
  device.request("write", recordAccess, [...encode(FETCH_REQUEST, fetch)])
  t.true(listener?.isTransferring)
  device.request("write", recordAccess, [...encode(ABORT_REQUEST, {})])
  t.false(listener?.isTransferring)
})
