/** The companion beside the phone that the wearer carries, or without one: who has the link, and what is left of it afterwards. */
import test from "ava"
import { type Notification, toHex } from "../../../hosts/virtual/protocol"
import { Simulation } from "../../../simulator/simulation/simulation"
import { encode } from "../../../src/ble/fields"
import { SETTING_WRITE } from "../../../src/ble/layouts"
import { PATELLA } from "../../../src/ble/profile"
import { SETTINGS as DEVICE_SETTINGS } from "../../../src/storage/settings"
import { motionOf, S01, SETTINGS } from "./playing"

const STATUS = { op: "read", characteristic: PATELLA.characteristics.status.uuid } as const
const LIVE = { op: "subscribe", characteristic: PATELLA.characteristics.live.uuid } as const

const PAUSE_LIMIT_ID = DEVICE_SETTINGS.find(({ name }) => name === "pauseLimitS")?.id ?? 0

class Ear {
  readonly notes: Notification[] = []
  losses = 0
  notified(notification: Notification): void {
    this.notes.push(notification)
  }
  disconnected(): void {
    this.losses++
  }
}

const told = () => new Promise((resolve) => setImmediate(resolve))

async function worn(phone: "carried" | "at home"): Promise<Simulation> {
  return Simulation.start({ motion: motionOf(S01), engine: "node", settings: SETTINGS, phone })
}

test("the carried phone hears nothing of what the companion is told, and hears again afterwards", async (t) => {
  const simulation = await worn("carried")
  t.teardown(() => simulation.close())
  const { companion } = simulation
  const ear = new Ear()
  await simulation.advance(20)
  await simulation.act({ do: "press", button: "short" })
  await simulation.advance(2)
  await companion.connect(ear)
  await companion.request(STATUS)
  await companion.request(LIVE)
  const { asOfS } = simulation.phoneView ?? {}
  await simulation.advance(10)
  t.true(ear.notes.length > 5)
  t.like(simulation.phoneView, { link: "companion", asOfS })
  await companion.disconnect()
  await told()
  t.is(ear.losses, 1)
  const heard = ear.notes.length
  await simulation.advance(10)
  t.is(ear.notes.length, heard)
  t.is(simulation.phoneView?.link, "connected")
  t.true((simulation.phoneView?.asOfS ?? 0) > 35)
})

test("without power there is no link, and none to be had", async (t) => {
  const simulation = await worn("carried")
  t.teardown(() => simulation.close())
  const { companion } = simulation
  await simulation.advance(5)
  await companion.connect(new Ear())
  await simulation.act({ do: "cutPower", forS: 3 })
  t.false(companion.connected)
  await t.throwsAsync(companion.connect(new Ear()), { message: /switched off/ })
  t.is(simulation.phoneView?.link, "none")
})

test("a companion that never leaves is hung up on at the end, and the device is read all the same", async (t) => {
  const simulation = await worn("at home")
  t.teardown(() => simulation.close())
  const ear = new Ear()
  await simulation.act({ do: "press", button: "short" })
  await simulation.advance(2)
  await simulation.companion.connect(ear)
  await simulation.companion.request(STATUS)
  // Longer than the simulation was started with.
  const value = toHex(encode(SETTING_WRITE, { id: PAUSE_LIMIT_ID, value: 600 }))
  await simulation.companion.request({
    op: "write",
    characteristic: PATELLA.characteristics.settings.uuid,
    value,
  })
  await simulation.playOn()
  t.is(ear.losses, 0)
  const { json } = await simulation.finish()
  t.is(ear.losses, 1)
  t.deepEqual(
    json.runs.map(({ strides }) => strides),
    [162],
  )
})
