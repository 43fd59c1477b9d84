/**
 * A runner's whole way in Chromium, over Bluetooth as Linux has it, to the virtual device: the first visit, letting the phone in, fetching runs, taking one
 * along as files, and a second device. One phone for all of it, in the order of its life.
 */
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import test from "ava"
import { press } from "../clients/flow"
import { nearDevice, untilProgress } from "./near-device"
import type { OpenApp } from "./open-app"
import { checkRunFiles } from "./run-files"
import { onStage } from "./stage"

const LEFT_RUNS = 5
const RIGHT_RUNS = 3

onStage(
  "The companion's whole way",
  (stage) => {
    let profile: string

    test.before(async () => {
      profile = await mkdtemp(join(tmpdir(), "patella-runner-"))
    })
    test.after.always(() => rm(profile, { recursive: true, force: true }))

    test.serial(
      "a new runner is led to the device, lets the phone in by its button, and gets the runs",
      async (t) => {
        const { device, app } = await nearDevice(t, stage, { profile, deviceId: "left", runs: LEFT_RUNS })
        await app.page.getByRole("link", { name: "Connect your device" }).click()
        await app.untilWords(/A short and a long buzz: a new phone may come in/)

        await connect(app)
        await app.region("Press the button of the device").waitFor()
        await device.says(/phone refused/)
        t.is(await app.button("Look for new runs").count(), 0)
        const progress = untilProgress(app)
        await press(device)
        await device.says(/phone paired/)
        await progress
        await app.untilWords(`${LEFT_RUNS} new runs fetched.`)
        await app.button("Look for new runs").waitFor()

        await app.page.getByRole("radio", { name: "Left knee" }).check({ force: true })
        await app.page.getByRole("textbox", { name: "Name" }).fill("Lefty")
        await app.button("Save").click()
        await app.region("Lefty").getByText("left knee").waitFor()

        await app.goTo("Runs")
        t.is(await app.runs.count(), LEFT_RUNS)
        await app.openRun()
        await checkRunFiles(t, app)
        t.deepEqual(app.complaints, [])
      },
    )

    test.serial(
      "a second device's runs come beside the first one's, each once, on its own side",
      async (t) => {
        const { device, app } = await nearDevice(t, stage, { profile, deviceId: "right", runs: RIGHT_RUNS })
        await app.runs.nth(LEFT_RUNS - 1).waitFor()
        await app.goTo("Device")
        await press(device)
        await connect(app)
        await app.untilWords(`${RIGHT_RUNS} new runs fetched.`)

        await app.goTo("Runs")
        const of = (device: string) => app.runs.filter({ hasText: device }).count()
        t.deepEqual([await of("Lefty, left knee"), await of("Patella, right knee")], [LEFT_RUNS, RIGHT_RUNS])
        t.is(await app.runs.count(), LEFT_RUNS + RIGHT_RUNS)
        t.deepEqual(app.complaints, [])
      },
    )
  },
  ["dbus", "chromium"],
)

/** Of the browser's list. */
function connect(app: OpenApp): Promise<void> {
  return app.button("Choose a device").click()
}
