/** A firmware brought over the air: by a phone that the device knows, with the wearer's consent, and only to a device that can take it. */
import test from "ava"
import { CHIPS } from "../../hosts/virtual/boards/kinds"
import { Behaviour } from "../../hosts/virtual/ota-image"
import { Problem } from "../../src/ble/layouts"
import { FIRMWARE_VERSION } from "../../src/version"
import { boot, bringing, image, press, stateOf } from "./updating"
import type { Wear } from "./wear"

const RESTART_MS = 5000
const TRIAL_MS = 70_000

async function again(wear: Wear, ms = RESTART_MS): Promise<string> {
  await wear.link.advance(ms)
  await wear.phone.connect()
  return (await wear.phone.deviceInformation()).firmware
}

for (const engine of [undefined, "xs"] as const)
  test(`a new firmware is brought, tried, and confirmed${engine ? " (XS)" : ""}`, async (t) => {
    const wear = await boot({}, engine)
    t.teardown(() => wear.engine.close())
    t.is((await wear.phone.deviceInformation()).firmware, FIRMWARE_VERSION)
    const phases: string[] = []
    const update = bringing(wear, image(), {
      progress: ({ phase }) => void (phases.at(-1) === phase || phases.push(phase)),
    })
    t.true(await update.run(wear.phone.transport))
    const firmware = await again(wear)
    t.is(firmware, "0.2.0")
    t.is(await stateOf(wear), "onTrial")
    await update.settle(wear.phone.transport, firmware)
    t.is(await stateOf(wear), "idle")
    t.deepEqual(phases, ["press", "sending", "checking", "trial"])
    // It stays, whatever comes.
    await wear.link.reboot("power")
    await wear.link.reboot("reset")
    await wear.phone.connect()
    t.is((await wear.phone.deviceInformation()).firmware, "0.2.0")
    t.is((await wear.phone.status()).problems & Problem.rolledBack, 0)
  })

for (const behaviour of [Behaviour.crash, Behaviour.deaf, Behaviour.hang])
  test(`a firmware that is bad (${behaviour}) is gone back from, and the status says so`, async (t) => {
    const wear = await boot()
    t.true(await bringing(wear, image({ behaviour })).run(wear.phone.transport))
    await wear.link.advance(RESTART_MS)
    // Nobody but the wearer can mend what does not even start anew.
    if (behaviour === Behaviour.hang) await wear.link.reboot("power")
    const firmware = await again(wear, TRIAL_MS)
    t.is(firmware, FIRMWARE_VERSION)
    t.not((await wear.phone.status()).problems & Problem.rolledBack, 0)
    t.is(await stateOf(wear), "idle")
    // And another, a good one, is taken.
    t.true(await bringing(wear, image({ version: "0.3.0" })).run(wear.phone.transport))
    t.is(await again(wear), "0.3.0")
    await wear.link.advance(TRIAL_MS)
    t.is((await wear.phone.status()).problems & Problem.rolledBack, 0)
  })

for (const [kind, chip] of Object.entries(CHIPS))
  test(`${kind} takes an image for its chip`, async (t) => {
    const wear = await boot({ kind: kind as keyof typeof CHIPS })
    t.true(await bringing(wear, image({ chip })).run(wear.phone.transport))
    t.is(await again(wear), "0.2.0")
  })

test("without a press nothing is written, and the question lapses", async (t) => {
  const wear = await boot()
  const before = wear.link.operations
  await t.throwsAsync(bringing(wear, image(), { presses: false }).run(wear.phone.transport), {
    message: /nobody pressed/,
  })
  t.is(wear.link.operations, before)
  await wear.link.advance(62_000)
  t.is(await stateOf(wear), "idle")
})

test("an older firmware is taken, too: the wearer pressed", async (t) => {
  const wear = await boot()
  t.true(await bringing(wear, image({ version: "0.0.9" })).run(wear.phone.transport))
  t.is(await again(wear), "0.0.9")
  await press(wear)
})
