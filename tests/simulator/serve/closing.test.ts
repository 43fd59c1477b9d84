/** Nothing goes on when nobody looks: engines end with the page's connection, with the server, and when another simulation is started. */
import { setTimeout as wait } from "node:timers/promises"
import test from "ava"
import type { Request } from "../../../simulator/serve/messages"
import { PageClient, serve } from "./page-client"

const START: Request = { ask: "start", play: { from: "scenario", name: "first-run", seed: 1 } }
const PATIENCE_MS = 30_000

/** XS workers that this process has. */
const workers = () => process.getActiveResourcesInfo().filter((name) => name === "ProcessWrap").length
async function workersBecome(count: number): Promise<void> {
  for (const untilMs = Date.now() + PATIENCE_MS; workers() !== count && Date.now() < untilMs; ) await wait(20)
}

test.serial(
  "an engine ends with its connection, be it in the middle of a step, and with the next start",
  async (t) => {
    const server = await serve("xs")
    t.teardown(() => server.close())
    // What compiles the page and the firmware has processes, too.
    const spare = workers()
    const page = await PageClient.open(server)
    page.ask({ ask: "speed", speed: "most" })
    page.ask(START)
    await page.hear("frame")
    await workersBecome(spare + 1)
    t.is(workers(), spare + 1)
    page.ask({ ...START, paused: true })
    await page.hear("started")
    await page.hear("started")
    await workersBecome(spare + 1)
    t.is(workers(), spare + 1)
    page.ask({ ask: "resume" })
    await page.hear("frame", ({ timeS }) => timeS > 1)
    await page.close()
    await workersBecome(spare)
    t.is(workers(), spare)
  },
)

test.serial(
  "a page that goes away while its device starts leaves nothing behind, and neither does the server",
  async (t) => {
    const server = await serve("xs")
    const spare = workers()
    const page = await PageClient.open(server)
    page.ask(START)
    await page.close()
    const other = await PageClient.open(server)
    other.ask(START)
    await other.hear("frame")
    await server.close()
    await workersBecome(spare - 1)
    t.is(workers(), spare - 1)
  },
)
