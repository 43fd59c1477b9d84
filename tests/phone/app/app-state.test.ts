/** The state that the screens stand on: it follows what is kept and the link, and says when nothing can be read. */
import test from "ava"
import { App } from "../../../phone/app/app-state"
import { type CompanionData, DataError } from "../../../phone/data/companion-data"
import { PREFERENCES } from "../../../phone/data/kept"
import { DeviceLink } from "../../../phone/link/device-link"
import type { Finder } from "../../../phone/link/finder"
import type { RunDigest } from "../../../phone/runs/run-digest"
import { DEVICE, digest } from "./digests"

const FINDER: Finder = {
  lack: "bluetooth",
  isOn: async () => false,
  choose: () => Promise.reject(new Error("nothing to choose")),
  known: async () => [],
}

/** Keeps runs in memory; nothing else of it is asked for here. */
class MemoryData {
  runs: RunDigest[] = []
  trouble: DataError | undefined
  readings = 0
  #listeners = new Set<() => void>()

  async digests(): Promise<RunDigest[]> {
    this.readings++
    if (this.trouble) throw this.trouble
    return [...this.runs]
  }
  async devices() {
    return [DEVICE]
  }
  async scores() {
    return []
  }
  async coachEntries() {
    return []
  }
  async preferences() {
    return PREFERENCES
  }
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }
  changed(): void {
    for (const listener of this.#listeners) listener()
  }
}

function appOver(data: MemoryData): App {
  const keeper = {
    devices: () => data.devices(),
    keepDevice: async () => {},
    keepCoachEntries: async () => {},
    runStore: noRuns,
  }
  const clock = { nowMs: () => 0, zoneMinutes: () => 0 }
  const link = new DeviceLink({ finder: FINDER, keeper, clock, wait: async () => {} })
  return new App({ data: data as unknown as CompanionData, link, finder: FINDER }, { screen: "runs" })
}

function noRuns(): never {
  throw new Error("no run is asked for")
}

const settled = () => new Promise((resolve) => setTimeout(resolve))

test("what is kept is there soon, and again after each change", async (t) => {
  const data = new MemoryData()
  const app = appOver(data)
  t.is(app.state.kept, undefined)
  await settled()
  t.deepEqual(app.state.kept?.digests, [])
  data.runs = [digest()]
  data.changed()
  await settled()
  t.is(app.state.kept?.digests.length, 1)
})

test("many changes at once are one reading more", async (t) => {
  const data = new MemoryData()
  appOver(data)
  for (let change = 0; change < 50; change++) data.changed()
  await settled()
  t.is(data.readings, 2)
})

test("what cannot be read is said, and read again after the next change", async (t) => {
  const data = new MemoryData()
  data.trouble = new DataError("private", "This window keeps nothing.")
  const app = appOver(data)
  await settled()
  t.is(app.state.trouble, "This window keeps nothing.")
  data.trouble = undefined
  data.changed()
  await settled()
  t.is(app.state.trouble, undefined)
  t.truthy(app.state.kept)
})

test("the way to the home screen is offered until it is taken", async (t) => {
  const app = appOver(new MemoryData())
  let installs = 0
  app.offerInstall(() => installs++)
  t.is(installs, 0)
  app.state.install?.()
  t.is(installs, 1)
  t.is(app.state.install, undefined)
})

test("the link's news and the route come to who listens, until it ends that", async (t) => {
  const app = appOver(new MemoryData())
  await settled()
  const seen: string[] = []
  const end = app.listen(() => seen.push(`${app.state.route.screen} ${app.state.link.failure?.kind ?? ""}`))
  app.show({ screen: "device" })
  await app.link.choose()
  end()
  app.show({ screen: "live" })
  t.deepEqual(seen, ["device ", "device bluetooth"])
})
