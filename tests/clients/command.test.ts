import { existsSync } from "node:fs"
import { connect } from "node:net"
import { dirname } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import test from "ava"
import { BluezDevice } from "./bluez-device"
import { withPackages } from "./installed"

const QUICK = ["--runs", "0", "--engine", "node"] as const

const socketOf = (busAddress: string) => busAddress.replace("unix:path=", "")

/** Nobody listens, and the bus's folder is gone. */
async function isGone(busAddress: string): Promise<boolean> {
  for (let tries = 0; tries < 100; tries++) {
    const listens = await new Promise<boolean>((resolve) => {
      const socket = connect(socketOf(busAddress), () => resolve(true)).on("error", () => resolve(false))
      socket.on("connect", () => socket.destroy())
    })
    if (!listens && !existsSync(dirname(socketOf(busAddress)))) return true
    await wait(50)
  }
  return false
}

withPackages(["dbus"], "npm run bluez", () => {
  for (const [how, end] of [
    ["quit", (device: BluezDevice) => device.close()],
    ["the end of its input", (device: BluezDevice) => device.end()],
    ["Ctrl-C", (device: BluezDevice) => device.kill("SIGINT")],
    ["being killed", (device: BluezDevice) => device.kill("SIGKILL")],
  ] as const) {
    test.serial(`bluez leaves no bus behind after ${how}`, async (t) => {
      const device = await BluezDevice.start(...QUICK)
      t.true(existsSync(socketOf(device.busAddress)))
      await end(device)
      t.true(await isGone(device.busAddress))
    })
  }

  test.serial("bluez does not take a bus that has Bluetooth already", async (t) => {
    const first = await BluezDevice.start(...QUICK)
    t.teardown(() => first.close())
    const error = await t.throwsAsync(BluezDevice.start(...QUICK, "--bus", first.busAddress))
    t.regex(error?.message ?? "", /org\.bluez is taken on unix:path=/)
  })

  test.serial("bluez says which words it knows", async (t) => {
    const device = await BluezDevice.start(...QUICK)
    t.teardown(() => device.close())
    device.tell("jump")
    t.regex(await device.says(/jump/), /is none of: press, double, long, drop, quit/)
  })
})
