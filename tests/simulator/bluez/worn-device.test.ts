import { setTimeout as wait } from "node:timers/promises"
import test from "ava"
import { type WearOptions, WornDevice } from "../../../simulator/bluez/worn-device"
import { BoardLink } from "../../../simulator/board-link"
import { openFirmware } from "../../../simulator/engine/firmware-engine"
import { readRecording } from "../../../simulator/recording/read-recording"

const IDENTITY = "00aabbccddee"

async function worn(t: { teardown(work: () => unknown): void }, options: Partial<WearOptions>) {
  const engine = await openFirmware("node")
  const news: string[] = []
  const link: BoardLink = new BoardLink(engine, {
    event: (event) => {
      device.event(event)
      news.push(`${event.name} ${event.detail}`)
    },
    motor: ({ duty }) => void (duty > 0 && news.push("motor")),
  })
  const recording = await readRecording("simulator/recordings/S01.csv.gz")
  const device = new WornDevice(link, { recording, runs: 0, speed: 1, ...options })
  t.teardown(() => engine.close())
  await device.prepare()
  return { device, link, news }
}

test.serial("it has the runs that were asked for, closed, before the wall clock counts", async (t) => {
  const { device, news } = await worn(t, { runs: 2 })
  t.is(device.runsEnded, 2)
  t.is(news.filter((line) => line.startsWith("runStarted")).length, 2)
})

test.serial("then it keeps step with the wall clock, at its speed, until it is stopped", async (t) => {
  const { device, link } = await worn(t, { speed: 4 })
  const startMs = link.nowMs
  const wallMs = performance.now()
  const living = device.live()
  // However slow the machine is: never ahead of the clock.
  while (link.nowMs - startMs < 2000) await wait(20)
  const passedMs = performance.now() - wallMs
  t.true(passedMs >= 2000 / 4 - 50, `2 s in ${passedMs} ms`)
  device.stop()
  await living
  const stoppedMs = link.nowMs
  await wait(200)
  t.is(link.nowMs, stoppedMs)
})

test.serial("its button is pressed in the device's own time", async (t) => {
  const { device, link, news } = await worn(t, { runs: 1, speed: 10 })
  let key = ""
  const asPhone = async (op: "pair" | "encrypt") => {
    const { connection } = await link.gatt({ op: "connect", identity: IDENTITY })
    const secured = {
      op,
      connection: connection as number,
      identity: IDENTITY,
      ...(op === "encrypt" && { key }),
    }
    const reply = await link.gatt(secured)
    key = reply.key ?? key
    await link.gatt({ op: "disconnect", connection: connection as number })
    return reply.linkError ?? "let in"
  }
  const living = device.live()
  t.is(await asPhone("pair"), "not connected")
  await device.press("short")
  t.is(await asPhone("pair"), "let in")
  t.is(await asPhone("encrypt"), "let in")
  news.length = 0
  await device.press("long")
  // It asks by buzz whether phones shall be forgotten.
  t.true(news.includes("motor"), news.join("; "))
  await device.press("short")
  t.is(await asPhone("encrypt"), "key missing")
  device.stop()
  await living
})
