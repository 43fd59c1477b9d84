/** What the button does, seen from outside: who may pair, and what is forgotten once the wearer has said yes. */
import test from "ava"
import { Phone } from "../../simulator/phone/phone"
import { StatusFlag } from "../../src/ble/layouts"
import { Wear } from "./wear"

const SHORT_MS = 120
const LONG_MS = 3200
const MIN_MS = 60_000

async function press({ link }: Wear, ms: number): Promise<void> {
  await link.pressButton(true, 3)
  await link.advance(ms)
  await link.pressButton(false, 3)
  await link.advance(1000)
}

/** A phone that the device has not met. */
const stranger = ({ link }: Wear) => new Phone((request) => link.gatt(request), { identity: "aa0000000009" })

/** @returns whether it may use the device */
async function mayPair(wear: Wear): Promise<boolean> {
  const phone = stranger(wear)
  try {
    await phone.connect()
    await phone.disconnect()
    return true
  } catch {
    return false
  }
}

/** Whether the phone that the device knows from its boot on is still let in, without pairing anew. */
async function isKnown({ phone, link }: Wear): Promise<boolean> {
  // The window that forgetting opens is over.
  await link.advance(MIN_MS + 1000)
  try {
    await phone.connect()
    await phone.disconnect()
    return true
  } catch {
    return false
  }
}

for (const engine of [undefined, "xs"] as const)
  test(`a short press lets a new phone pair for a minute${engine ? " (XS)" : ""}`, async (t) => {
    const wear = await Wear.boot(engine)
    await wear.link.advance(1000)
    t.false(await mayPair(wear))
    await press(wear, SHORT_MS)
    await wear.phone.connect()
    t.true(((await wear.phone.status()).flags & StatusFlag.pairingOpen) !== 0)
    await wear.phone.disconnect()
    t.true(await mayPair(wear))
    await wear.engine.close()
  })

test("a long press asks, and another press forgets all phones; the motor says both", async (t) => {
  const wear = await Wear.boot()
  await press(wear, LONG_MS)
  await wear.link.advance(1000)
  t.deepEqual(wear.pulsesMs(), [400, 120, 400])
  const before = wear.motor.length
  await press(wear, SHORT_MS)
  await wear.link.advance(2000)
  t.deepEqual(wear.pulsesMs(before), [1000, 1000])
  t.false(await isKnown(wear))
})

test("half a minute later it is asked no more: the press opens the pairing window, and forgets nobody", async (t) => {
  const wear = await Wear.boot()
  await press(wear, LONG_MS)
  await wear.link.advance(31_000)
  const before = wear.motor.length
  await press(wear, SHORT_MS)
  t.deepEqual(wear.pulsesMs(before), [])
  t.true(await mayPair(wear))
  t.true(await isKnown(wear))
})

test("yes is said once: the next press opens the pairing window", async (t) => {
  const wear = await Wear.boot()
  await press(wear, LONG_MS)
  await press(wear, SHORT_MS)
  await wear.link.advance(3000)
  const before = wear.motor.length
  await press(wear, SHORT_MS)
  await wear.link.advance(3000)
  t.deepEqual(wear.pulsesMs(before), [])
  t.true(await mayPair(wear))
})

test("a double press is no yes", async (t) => {
  const wear = await Wear.boot()
  await press(wear, LONG_MS)
  for (let time = 0; time < 2; time++) {
    await wear.link.pressButton(true, 3)
    await wear.link.advance(SHORT_MS)
    await wear.link.pressButton(false, 3)
    await wear.link.advance(SHORT_MS)
  }
  await wear.link.advance(35_000)
  t.true(await isKnown(wear))
})

test("what the motor cannot ask is not asked", async (t) => {
  const wear = await Wear.boot()
  await wear.phone.connect()
  await wear.phone.command("findMe")
  await wear.phone.disconnect()
  await press(wear, LONG_MS)
  await press(wear, SHORT_MS)
  await wear.link.advance(20_000)
  t.true(await isKnown(wear))
})
