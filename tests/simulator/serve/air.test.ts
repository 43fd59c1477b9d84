/** The companion on the simulator's air: the real firmware, the app's own transport, and a page that plays. */
import { setTimeout as wait } from "node:timers/promises"
import test, { type ExecutionContext } from "ava"
import { WebSocket } from "ws"
import { SimulatedAir } from "../../../phone/browser/simulated-air"
import { AIR_PATH, airHash, airToken } from "../../../phone/link/air-messages"
import { RunSync } from "../../../phone/link/run-sync"
import { MemoryRuns } from "../../../simulator/phone/memory-runs"
import type { Scenario } from "../../../simulator/scenario/scenario"
import type { Request } from "../../../simulator/serve/messages"
import { PATELLA } from "../../../src/ble/profile"
import { decodeRunRecord } from "../../../src/ble/run-codec"
import { airOf, Companion } from "./companion"
import { PageClient, serve, type Told } from "./page-client"

/** The run is closed some seconds after the motion. */
const SCENARIO: Scenario = {
  title: "To be fetched",
  description: "Standing, bends, a run.",
  device: { settings: { pauseLimitS: 10 } },
  steps: [
    { do: "stand", forS: 4 },
    { do: "bend", times: 3, alike: true },
    { do: "run", forS: 25, speedMs: 3 },
    { do: "stand", forS: 5 },
  ],
}
const START: Request = {
  ask: "start",
  play: { from: "scenarioFile", fileName: "mine.json", text: JSON.stringify(SCENARIO), seed: 2 },
}

const server = await serve("node")
test.after.always(() => server.close())

/** A page that plays, and its token. */
async function playing(t: ExecutionContext): Promise<{ page: PageClient; air: string }> {
  const page = await PageClient.open(server)
  t.teardown(() => page.close())
  page.ask({ ask: "speed", speed: 5 })
  page.ask(START)
  const { air } = await page.hear("started")
  await page.hear("frame", ({ phone }) => phone.link === "connected")
  return { page, air }
}

/** Those told before say how things were. */
function newFrame(page: PageClient, holds: (frame: Told<"frame">) => boolean): Promise<Told<"frame">> {
  page.frames()
  return page.hear("frame", holds)
}

/** A press of the button, and the time that the device needs to know it for one. */
async function press(page: PageClient): Promise<void> {
  page.ask({ ask: "act", action: { do: "press", button: "short" } })
  const { timeS } = await newFrame(page, ({ done }) => done.length > 0)
  await page.hear("frame", (frame) => frame.timeS > timeS + 1.5)
}

async function paired(page: PageClient, token = ""): Promise<Companion> {
  await press(page)
  const companion = await Companion.choose(server, token)
  await companion.transport.connect()
  await companion.status()
  return companion
}

const syncOf = (store: MemoryRuns) => new RunSync({ deviceId: "00", store, wait: async (ms) => wait(ms) })

test.serial(
  "it is dropped until the button is pressed; then it pairs, and the page's phone lets go until it leaves",
  async (t) => {
    const { page } = await playing(t)
    const companion = await Companion.choose(server)
    await companion.transport.connect()
    await page.hear("frame", ({ phone }) => phone.link === "companion")
    await t.throwsAsync(companion.status(), { message: /takes no new phone now: press its button$/ })
    await companion.lost()
    await newFrame(page, ({ phone }) => phone.link === "connected")

    await press(page)
    await companion.transport.connect()
    t.true((await companion.status()).batteryPercent > 0)
    page.frames()
    const { phone, traffic } = await page.hear("frame")
    t.is(phone.link, "companion")
    t.false(traffic.some(({ what }) => what === "lost"))
    t.true(companion.transport.connected)

    await companion.transport.disconnect()
    t.false(companion.transport.connected)
    await newFrame(page, (frame) => frame.phone.link === "connected")
    // It kept the keys.
    await companion.transport.connect()
    await companion.status()
  },
)

test.serial(
  "as long as it is connected the device is worn on: the run that is closed after the motion is fetched",
  async (t) => {
    const { page } = await playing(t)
    page.ask({ ask: "speed", speed: 5 })
    const companion = await paired(page)
    page.ask({ ask: "speed", speed: "most" })
    const { speed } = await page.hear("frame", ({ news }) => news.some(({ name }) => name === "runEnded"))
    t.true(speed < 11, `the phone cannot keep up with ${speed} ×`)
    t.deepEqual(
      page.told.filter(({ tell }) => tell === "done"),
      [],
    )
    const store = new MemoryRuns()
    const result = await syncOf(store).run(companion.transport)
    t.like(result, { way: "notifications", failed: [] })
    t.is(result.added.length, 1)
    const [record] = [...store.records.values()]
    await companion.transport.disconnect()
    const { report } = await page.hear("done")
    t.is(record && decodeRunRecord(record).run.strides, report.json.runs[0]?.strides)
    t.true((report.json.runs[0]?.strides ?? 0) > 20)
  },
)

test.serial(
  "live values come as the device's time passes; what is asked for is answered also while it is paused",
  async (t) => {
    const { page } = await playing(t)
    const companion = await paired(page)
    let heard = 0
    await companion.transport.subscribe(PATELLA.characteristics.live.uuid, () => heard++)
    const { timeS } = await page.hear("frame", () => heard > 2)
    page.ask({ ask: "pause" })
    await page.hear("frame", ({ isPaused }) => isPaused)
    const store = new MemoryRuns()
    const before = await companion.status()
    const result = await syncOf(store).run(companion.transport)
    t.like(result, { added: [], failed: [] })
    t.deepEqual(await companion.status(), before)
    await t.throwsAsync(companion.transport.write(PATELLA.characteristics.settings.uuid, Uint8Array.of(1)), {
      message: /wrong length.*\(the simulator's page is paused/,
    })
    page.ask({ ask: "resume" })
    await page.hear("frame", (frame) => frame.timeS > timeS + 1)
  },
)

test.serial("at the wearer's own speed a read takes less than 100 ms", async (t) => {
  const { page } = await playing(t)
  const companion = await paired(page)
  page.ask({ ask: "speed", speed: 1 })
  await wait(200)
  const tookMs: number[] = []
  for (let times = 0; times < 30; times++) {
    const beganMs = performance.now()
    await companion.status()
    tookMs.push(performance.now() - beganMs)
    await wait(17)
  }
  const medianMs = tookMs.sort((a, b) => a - b)[15] as number
  t.log(`median ${medianMs.toFixed(1)} ms, longest ${tookMs.at(-1)?.toFixed(1)} ms`)
  t.true(medianMs < 100)
})

test.serial(
  "a link that is dropped by hand is lost at both ends; near again, it connects by its keys",
  async (t) => {
    const { page } = await playing(t)
    const companion = await paired(page)
    page.ask({ ask: "act", action: { do: "loseLink", forS: 5 } })
    await companion.lost()
    t.is(companion.losses, 1)
    await page.hear("frame", ({ phone }) => phone.link === "out of reach")
    await t.throwsAsync(companion.status(), { message: /not connected/ })
    await t.throwsAsync(companion.transport.connect(), { message: /out of reach/ })
    await newFrame(page, ({ phone }) => phone.link === "connected")
    await companion.transport.connect()
    await companion.status()
    t.is(companion.losses, 1)
  },
)

test.serial(
  "power that is cut ends the link, and so does a new start, whose device is another",
  async (t) => {
    const { page, air } = await playing(t)
    const companion = await paired(page)
    page.ask({ ask: "act", action: { do: "cutPower", forS: 1 } })
    await companion.lost()
    await newFrame(page, ({ phone }) => phone.link === "connected")
    await companion.transport.connect()
    const deviceId = await companion.deviceId()
    page.ask(START)
    await companion.lost()
    t.is((await page.hear("started")).air, air)
    const [next] = await airOf(server, air).known()
    t.not(next?.id, companion.device.id)
    page.ask({ ask: "speed", speed: 5 })
    t.not(await (await paired(page)).deviceId(), deviceId)
  },
)

test.serial("a page that is closed ends the link", async (t) => {
  const { page } = await playing(t)
  const companion = await paired(page)
  await page.close()
  await companion.lost()
  t.is(companion.losses, 1)
  await t.throwsAsync(companion.transport.connect(), { name: "NotSimulatedError", message: /press Play/ })
})

test.serial("where no phone is carried, the page shows the companion alone", async (t) => {
  const page = await PageClient.open(server)
  t.teardown(() => page.close())
  const text = JSON.stringify({ ...SCENARIO, device: { phone: "at home" } })
  page.ask({ ask: "start", play: { from: "scenarioFile", fileName: "alone.json", text, seed: 2 } })
  await page.hear("started")
  const companion = await paired(page)
  const { phone } = await newFrame(page, () => true)
  t.is(phone.link, "companion")
  await companion.transport.disconnect()
  await newFrame(page, (frame) => frame.phone.link === "none")
})

test.serial("a companion's tab that is closed leaves the device to the page's phone", async (t) => {
  const { page } = await playing(t)
  await press(page)
  const socket = socketTo({ origin: `http://127.0.0.1:${server.port}` })
  await new Promise((resolve) => socket.once("message", resolve))
  socket.send(JSON.stringify({ id: 1, ask: "connect" }))
  await newFrame(page, ({ phone }) => phone.link === "companion")
  const other = await Companion.choose(server)
  await t.throwsAsync(other.transport.connect(), { message: /another companion is connected/ })
  socket.terminate()
  await newFrame(page, ({ phone }) => phone.link === "connected")
})

test.serial("the device of the address is meant, or the only one", async (t) => {
  t.deepEqual(await airOf(server).known(), [])
  await t.throwsAsync(airOf(server).choose(), { name: "NotSimulatedError", message: /press Play/ })
  const one = await playing(t)
  t.is((await airOf(server).known()).length, 1)
  const other = await playing(t)
  await t.throwsAsync(airOf(server).choose(), { message: /several devices are simulated/ })
  const ids = await Promise.all([one, other].map(async ({ air }) => (await airOf(server, air).choose()).id))
  t.not(ids[0], ids[1])
  await t.throwsAsync(airOf(server, "elsewhere").choose(), { name: "NotSimulatedError" })
  t.is(airToken(airHash(one.air)), one.air)
  t.is(airToken("#air"), "")
  t.is(airToken("#/run/air=1"), undefined)
})

function socketTo(headers: Record<string, string>): WebSocket {
  return new WebSocket(`ws://127.0.0.1:${server.port}${AIR_PATH}`, { headers })
}

test.serial("pages from elsewhere are on no air, and who talks otherwise is cut off", async (t) => {
  for (const headers of [
    {},
    { origin: "https://patella.example" },
    { origin: `http://localhost:${server.port}` },
  ]) {
    const status = await new Promise((resolve) => {
      const socket = socketTo(headers as Record<string, string>)
      socket.on("unexpected-response", (_, response) => resolve(response.statusCode))
      socket.on("error", () => {})
    })
    t.is(status, 403)
  }
  for (const rubbish of [
    "{",
    `{"id":1,"ask":"fly"}`,
    `{"id":1,"ask":"write","characteristic":"x","value":"0"}`,
  ]) {
    const socket = socketTo({ origin: `http://127.0.0.1:${server.port}` })
    socket.on("open", () => socket.send(rubbish))
    await new Promise((resolve) => socket.once("close", resolve))
  }
  await t.throwsAsync(new SimulatedAir("", () => socketTo({})).choose(), {
    name: "NotSimulatedError",
    message: /has ended/,
  })
})
