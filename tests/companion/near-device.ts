/** A runner's phone beside the virtual device, over Bluetooth as Linux has it. */
import type { ExecutionContext } from "ava"
import { launchWithProfile } from "../../simulator/docs/chromium"
import { BluezDevice } from "../clients/bluez-device"
import { OpenApp } from "./open-app"
import { PHONE_SIZE, type Stage } from "./stage"

/** Small enough that runs take long to fetch: there is a middle to be seen. */
const MTU = "23"
const LIMIT_MS = 150_000

export interface NearDevice {
  device: BluezDevice
  app: OpenApp
}

export interface NearDeviceOptions {
  /** A folder: what Chromium keeps from one launch to the next. */
  profile: string
  deviceId: string
  /** Stored on the device. */
  runs: number
}

/** Both until the test ends; the browser's list of devices is answered with the first. */
export async function nearDevice(
  t: ExecutionContext,
  stage: Stage,
  { profile, deviceId, runs }: NearDeviceOptions,
): Promise<NearDevice> {
  t.timeout(LIMIT_MS)
  const device = await BluezDevice.start("--runs", String(runs), "--mtu", MTU, "--device-id", deviceId)
  t.teardown(async () => void (await device.close()))
  const context = await launchWithProfile(profile, {
    args: ["--enable-features=WebBluetooth"],
    env: { ...(process.env as Record<string, string>), DBUS_SYSTEM_BUS_ADDRESS: device.busAddress },
    viewport: PHONE_SIZE,
  })
  t.teardown(() => context.close())
  const app = await OpenApp.open(context, stage.app.address)
  await app.answerChooser()
  return { device, app }
}

/** Looks at every frame, since a sync is over soon. */
export async function untilProgress({ page }: OpenApp): Promise<void> {
  await page.waitForFunction(() => (document.querySelector("progress")?.value ?? 0) > 0)
}
