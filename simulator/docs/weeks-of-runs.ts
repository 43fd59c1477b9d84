/**
 * Runs of one runner over weeks, for the companion's pictures: each is played on the virtual device at its day, by the clock that the phone sets, and fetched after it.
 * What a run says is what the firmware made of it.
 */
import type { KeptDevice, KeptRun } from "../../phone/data/kept"
import { readDevice } from "../../phone/link/device-facts"
import { RunSync } from "../../phone/link/run-sync"
import { BoardLink } from "../board-link"
import { contactChanges } from "../button"
import { withFirmware } from "../engine/firmware-engine"
import { KNOWN_PHONE, knowing } from "../phone/known-phone"
import { Phone } from "../phone/phone"
import { Playback, startsNext, waitForSensors } from "../playback"
import { motionOfScenario } from "../scenario/motion-of-scenario"
import type { Scenario } from "../scenario/scenario"

export interface PlannedRun {
  /** When the runner puts the device on, Unix time. */
  atMs: number
  /** Ahead of UTC by the runner's clocks. */
  zoneMinutes: number
  /** Of running. */
  minutes: number
  /** On average. */
  speedMs: number
  cadenceSpm: number
  /** So many minutes into the run pain is marked. */
  painMin?: number
}

export interface PlayedRuns {
  device: KeptDevice
  /** In the order in which they were planned. */
  runs: KeptRun[]
}

/** Who runs. */
const SEED = 7
/** By the wearer: the leg, a threshold that not every stride goes past, and how many of those are enough for one run. */
const CHOSEN = { leg: 1, thresholdDeg: 40, overloadCompressions: 1200 }
const S_PER_MIN = 60
const MS_PER_S = 1000
const SLICE_S = 30
/** Longer than the pause that ends a run. */
const REST_MS = 180_000
const RUNNING = "running"

/** @throws Error when the engine is missing, or not one run came of each */
export async function playRuns(planned: readonly PlannedRun[]): Promise<PlayedRuns> {
  const devices: KeptDevice[] = []
  const runs: KeptRun[] = []
  const keeper = {
    devices: async () => devices,
    keepDevice: async (device: KeptDevice) => void devices.splice(0, 1, device),
  }
  await withFirmware("xs", async (opened) => {
    const link = new BoardLink(await opened)
    await link.boot(knowing({}, { sleepAfterMin: 0, ...CHOSEN }))
    await waitForSensors(link, () => undefined)
    const phone = new Phone((request) => link.gatt(request), KNOWN_PHONE)
    for (const run of planned) {
      await phone.connect()
      const clock = { nowMs: () => run.atMs, zoneMinutes: () => run.zoneMinutes }
      const { device } = await readDevice(phone, keeper, clock)
      await phone.disconnect()
      const beganMs = link.nowMs
      await play(link, run)
      await link.advance(REST_MS)
      await phone.connect()
      await fetchInto(runs, phone, device.id, Math.round(run.atMs + link.nowMs - beganMs))
      await phone.disconnect()
    }
  })
  const [device] = devices
  if (!device || runs.length !== planned.length)
    throw new Error(`${runs.length} runs came of ${planned.length}`)
  return { device, runs }
}

async function play(link: BoardLink, run: PlannedRun): Promise<void> {
  const named = { name: "weeks-of-runs", scenario: scenarioOf(run) }
  const { motion, actions } = motionOfScenario(named, { seed: SEED })
  const playback = new Playback(link, motion, startsNext(link, motion.recording))
  for (const { atS } of actions)
    for (const { afterMs, pressed } of contactChanges("double")) {
      await playback.playUntil(atS + afterMs / MS_PER_S, SLICE_S)
      await link.pressButton(pressed)
    }
  await playback.playUntil(Number.POSITIVE_INFINITY, SLICE_S)
}

function scenarioOf({ minutes, speedMs, cadenceSpm, painMin }: PlannedRun): Scenario {
  const runningS = minutes * S_PER_MIN
  return {
    title: "A run of three parts",
    description: "Three bends, a walk; a run at an easy pace, a faster one, and downhill; a walk.",
    steps: [
      { do: "stand", forS: 8 },
      { do: "bend", times: 3, alike: true },
      { do: "stand", forS: 3 },
      { do: "walk", forS: 60 },
      { do: "run", name: RUNNING, forS: 0.3 * runningS, speedMs: 0.95 * speedMs, cadenceSpm },
      { do: "run", forS: 0.5 * runningS, speedMs: 1.1 * speedMs, cadenceSpm: cadenceSpm + 2 },
      { do: "run", forS: 0.2 * runningS, speedMs: 0.95 * speedMs, cadenceSpm, gradePercent: -4 },
      { do: "walk", forS: 60 },
      { do: "stand", forS: 5 },
    ],
    ...(painMin !== undefined && {
      events: [{ atS: painMin * S_PER_MIN, in: RUNNING, do: "press", button: "double" }],
    }),
  }
}

/** Those that are not there yet. */
async function fetchInto(runs: KeptRun[], phone: Phone, deviceId: string, receivedMs: number): Promise<void> {
  const recordOf = (key: string) => runs.find((run) => run.key === key)?.record
  const sync = new RunSync({
    deviceId,
    store: {
      has: async (key) => recordOf(key) !== undefined,
      get: async (key) => recordOf(key),
      add: async (key, record, start) =>
        void runs.push({ key, deviceId, record: record.slice(), start, receivedMs }),
    },
    // Reads are answered at once: nothing is waited for.
    wait: async () => {},
    way: "reads",
  })
  await sync.run(phone.transport)
}
