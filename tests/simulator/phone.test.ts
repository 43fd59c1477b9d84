import test from "ava"
import fc from "fast-check"
import { KNOWN_PHONE } from "../../simulator/phone/known-phone"
import { Phone } from "../../simulator/phone/phone"
import { defaultSettings } from "../../src/storage/settings"
import { Device, EXAMPLE_FIRMWARE, EXAMPLE_RUN, STATUS } from "../ble/device"
import { runs } from "../ble/run-arbitrary"

function phoneOf(device: Device): Phone {
  return new Phone(async (request) => device.link.handle(request), KNOWN_PHONE)
}

async function connected(device: Device, mtu?: number): Promise<Phone> {
  const phone = phoneOf(device)
  await phone.connect(mtu)
  return phone
}

for (const mtu of [23, 24, 100, 247, 517]) {
  test(`at an MTU of ${mtu} a phone reads all that the device has`, async (t) => {
    const second = {
      ...EXAMPLE_RUN,
      id: 2,
      bouts: Array.from({ length: 9 }, () => EXAMPLE_RUN.bouts[0] as never),
    }
    const device = new Device([EXAMPLE_RUN, second])
    const bends = [
      { timeMs: 9400, peakCdeg: 4800 },
      { timeMs: 12_000, peakCdeg: 4700 },
    ]
    device.bendList = { bends, bendsDropped: 1 }
    const sync = await (await connected(device, mtu)).sync()
    t.deepEqual(sync.device, {
      manufacturer: "Patella project",
      model: "virtual",
      firmware: EXAMPLE_FIRMWARE,
    })
    t.deepEqual(sync.status, { ...STATUS, newestRunId: 2, runCount: 2 })
    t.deepEqual(sync.runs, [
      { run: EXAMPLE_RUN, firmware: EXAMPLE_FIRMWARE },
      { run: second, firmware: EXAMPLE_FIRMWARE },
    ])
    t.deepEqual(sync.bends, bends)
    t.is(sync.bendsDropped, 1)
    t.regex(sync.summaryText, /^Run 2: 0:57 min, 9 bouts\n/)
    t.regex(sync.summaryText, /on average \d+° off/)
  })
}

test("any run crosses the link whole at any MTU", async (t) => {
  await fc.assert(
    fc.asyncProperty(runs, fc.integer({ min: 23, max: 256 }), async (run, mtu) => {
      const stored = { ...run, id: Math.max(1, run.id) }
      const phone = await connected(new Device([stored]), mtu)
      t.deepEqual(await phone.runs(), [{ run: stored, firmware: EXAMPLE_FIRMWARE }])
    }),
    { numRuns: 20 },
  )
})

test("a device without runs has none to read", async (t) => {
  const phone = await connected(new Device())
  t.deepEqual(await phone.runs(), [])
  t.deepEqual(await phone.bends(), { bends: [], bendsDropped: 0 })
  t.is(await phone.newestRun(), undefined)
  t.is(await phone.summaryText(), "No run yet.")
})

test("the newest run is read alone", async (t) => {
  const phone = await connected(new Device([EXAMPLE_RUN]))
  const { buzzes, pains, bouts, blocks, ...run } = EXAMPLE_RUN
  t.deepEqual(await phone.newestRun(), { run, firmware: EXAMPLE_FIRMWARE })
})

test("settings are read and set by name; a wrong one is refused before it is sent", async (t) => {
  const device = new Device()
  const phone = await connected(device)
  t.deepEqual(await phone.settings(), defaultSettings())
  await phone.set("pauseLimitS", 60)
  t.is(device.settings.values.pauseLimitS, 60)
  await t.throwsAsync(phone.set("pauseLimitS", 5), { message: /pauseLimitS is 5; .* 10 to 600/ })
  await t.throwsAsync(phone.set("colour", 1), { message: /there is no setting "colour"/ })
})

test("the name, the time and the fault counts are read, and the first two written", async (t) => {
  const device = new Device()
  const phone = await connected(device)
  t.is(await phone.deviceName(), "Patella")
  await phone.setDeviceName("Jörgs Knie")
  t.is(await phone.deviceName(), "Jörgs Knie")
  await t.throwsAsync(phone.setDeviceName(""), { message: /^phone: cannot write Device name: .*0x0d/ })
  t.like(await phone.identity(), { bootId: 1, uptimeMs: 0, unixS: 0, zoneQuarters: 0 })
  device.time.nowMs = 5000
  await phone.setClock(1_800_000_000, -14)
  device.time.nowMs = 7500
  t.like(await phone.identity(), { bootId: 1, uptimeMs: 7500, unixS: 1_800_000_002, zoneQuarters: -14 })
  t.deepEqual((await phone.identity()).deviceId, [...device.boot.deviceId])
  device.counts.add("motor", 3)
  t.like(await phone.faultCounts(), { motor: 3, sensor: 0 })
})

test("battery and commands", async (t) => {
  const device = new Device()
  const phone = await connected(device)
  t.is(await phone.batteryPercent(), 87)
  await phone.command("testBuzz")
  t.deepEqual(device.commands, [2])
  device.ready = false
  await t.throwsAsync(phone.command("findMe"), {
    message: "phone: cannot write Command: ATT error 0x80 (The command cannot be carried out now)",
  })
})

test("a subscribed phone is told the status, and knows whose notification it is", async (t) => {
  const device = new Device()
  const phone = await connected(device, 23)
  await phone.subscribeStatus(() => {})
  device.state = { ...STATUS, activity: 0 }
  device.service.statusChanged()
  const [notification] = device.link.takeNotifications()
  if (!notification) return t.fail("no notification")
  t.is(phone.statusIn(notification)?.activity, 0)
  t.is(phone.statusIn({ ...notification, characteristic: "2a19" }), undefined)
})

test("a link lost in the middle is an error, and the next connection works", async (t) => {
  const device = new Device([EXAMPLE_RUN])
  let requests = 0
  const phone = new Phone(async (request) => {
    requests += 1
    if (requests === 5) device.link.drop()
    return device.link.handle(request)
  }, KNOWN_PHONE)
  await phone.connect(23)
  await t.throwsAsync(phone.runs(), { message: /^phone: cannot (read|write) Record.*: not connected$/ })
  await phone.connect(23)
  t.is((await phone.runs()).length, 1)
  await phone.disconnect()
  t.is(device.link.handle({ op: "connect" }).linkError, undefined)
})

test("a device that does not advertise, or is not a Patella, is told", async (t) => {
  const device = new Device()
  device.service.close()
  await t.throwsAsync(phoneOf(device).connect(), {
    message: "phone: cannot connect to the device: not advertising",
  })
  const server = new device.link.Server({ services: [{ uuid: "180a", characteristics: [] }] })
  server.startAdvertising({})
  await t.throwsAsync(phoneOf(device).connect(), {
    message: /no characteristic "Manufacturer Name" \(2a29\)/,
  })
})

test("a device that answers with other parts than asked for is not believed", async (t) => {
  const device = new Device([EXAMPLE_RUN])
  const phone = new Phone(async (request) => {
    // Takes selections of the list alone.
    if (request.op === "write" && !request.value?.startsWith("8301")) return {}
    return device.link.handle(request)
  }, KNOWN_PHONE)
  await phone.connect(23)
  await t.throwsAsync(phone.runs(), { message: "phone: record 2/1 cannot be read: failed" })
})

test("a record that stops short is an error, not a shorter record and no endless reading", async (t) => {
  const device = new Device([EXAMPLE_RUN])
  const HEAD_DIGITS = 30
  const phone = new Phone(async (request) => {
    const reply = device.link.handle(request)
    // Of a run only the heads arrive.
    return reply.value?.startsWith("020100") ? { ...reply, value: reply.value.slice(0, HEAD_DIGITS) } : reply
  }, KNOWN_PHONE)
  await phone.connect(23)
  await t.throwsAsync(phone.runs(), {
    message: "phone: record 2/1 cannot be read: failed",
  })
})
