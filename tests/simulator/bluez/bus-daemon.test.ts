import test from "ava"
import { startBusDaemon } from "../../../simulator/bluez/bus-daemon"
import { main } from "../../../simulator/cli/command-line"

test("without dbus-daemon it says what to install", async (t) => {
  await t.throwsAsync(startBusDaemon("no-such-daemon"), {
    message: /no-such-daemon is missing.*apt-get install dbus/,
  })
})

test("a daemon that fails is an error with its own words", async (t) => {
  await t.throwsAsync(startBusDaemon("false"), { message: /^false ended/ })
})

for (const [option, value] of [
  ["--mtu", "22"],
  ["--mtu", "518"],
  ["--speed", "0"],
  ["--runs", "-1"],
  ["--runs", "1.5"],
  ["--engine", "quickjs"],
] as const) {
  test(`bluez ${option} ${value} is bad usage`, async (t) => {
    t.is(await main(["bluez", option, value]), 2)
  })
}
