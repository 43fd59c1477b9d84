/** Links that end: in mid-sync the app finds the device again by itself, and each run comes once; otherwise when it is told to. */
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import test, { type ExecutionContext } from "ava"
import { press } from "../clients/flow"
import { type NearDevice, nearDevice, untilProgress } from "./near-device"
import { onStage } from "./stage"

const RUNS = 6
/** Less than giving up notifications takes (phone/link/record-fetch.ts): they come over the new link, too. */
const BACK_LIMIT_MS = 9000

onStage(
  "The companion beside a device whose link ends",
  (stage) => {
    async function newRunner(t: ExecutionContext): Promise<NearDevice> {
      const profile = await mkdtemp(join(tmpdir(), "patella-runner-"))
      t.teardown(() => rm(profile, { recursive: true, force: true }))
      const near = await nearDevice(t, stage, { profile, deviceId: "left", runs: RUNS })
      await near.app.goTo("Device")
      return near
    }

    test.serial(
      "lost in mid-sync it comes back by itself, and no run is missing or there twice",
      async (t) => {
        const { device, app } = await newRunner(t)
        await press(device)
        const progress = untilProgress(app)
        await app.button("Choose a device").click()
        await progress
        device.tell("drop")
        await device.says(/phone disconnected/)
        const lostMs = Date.now()
        await app.untilWords("The connection was lost.")
        await app.untilWords(`${RUNS} new runs fetched.`)
        const tookMs = Date.now() - lostMs
        t.true(tookMs < BACK_LIMIT_MS, `back and done after ${tookMs} ms`)

        await app.goTo("Runs")
        t.is(await app.runs.count(), RUNS)
        t.deepEqual(app.complaints, [])
      },
    )

    test.serial(
      "lost after the sync it is there again when the wearer connects again, and gone when it is ended",
      async (t) => {
        const { device, app } = await newRunner(t)
        await app.button("Choose a device").click()
        await device.says(/phone refused/)
        await press(device)
        await app.button("Look for new runs").waitFor()
        device.tell("drop")
        await app.button("Connect again").click()
        await app.button("Look for new runs").waitFor()
        await app.untilWords("You have all runs of this device.")

        await app.button("Disconnect").click()
        await app.button("Choose a device").waitFor()
        t.deepEqual(app.complaints, [])
      },
    )
  },
  ["dbus", "chromium"],
)
