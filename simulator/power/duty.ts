/**
 * How busy a device is in each of its states, counted on the virtual board with the whole firmware on it: samples, how often the processor wakes, time
 * on the bus, what the sensor draws, advertisements and notifications. Each for a second.
 */
import { VirtualBoard } from "../../hosts/virtual/board"
import { type Reply, wordPairs } from "../../hosts/virtual/protocol"
import { PATELLA } from "../../src/ble/profile"
import { startDevice } from "../../src/main"
import { chipSamples } from "../motion-source"
import { KNOWN_PHONE, knowing } from "../phone/known-phone"
import { Phone } from "../phone/phone"
import type { Recording } from "../recording/recording"
import type { BoardFigures } from "./currents"

const MS_PER_S = 1000
const US_PER_MA = 1000
/** After it the device advertises seldom, and its first minute is past. */
const SETTLED_MS = 90_000
const COUNTED_MS = 120_000
/** By its setting's default, with a margin. */
const ASLEEP_AFTER_MS = 11 * 60_000
const SLICE_S = 5
/** Of the recording: bends before, running from there on. */
const RUNNING_S = 30

/** Of a second. */
export interface Duty {
  samples: number
  /** Batches, ticks and other timers: each ends a light sleep. */
  wakes: number
  /** The processor is busy with the bus, ms. */
  busMs: number
  /** What the thigh's sensor draws, mA. */
  sensorMa: number
  advertisements: number
  notifications: number
}

export const STATES = ["recording", "connected", "standby", "asleep"] as const
export type State = (typeof STATES)[number]
export type Duties = Record<State, Duty>

/** @param recording of a run, by which it is counted */
export async function measureDuty(
  { kind }: Pick<BoardFigures, "kind">,
  recording: Recording,
): Promise<Duties> {
  const run = () => worn(kind, (virtual) => playRun(virtual, recording))
  return {
    recording: await run(),
    connected: await worn(kind, async (virtual, phone) => {
      await phone.connect()
      const { uuid } = PATELLA.characteristics.live
      virtual.link.handle({ op: "subscribe", connection: virtual.link.connection ?? 0, characteristic: uuid })
      return playRun(virtual, recording)
    }),
    standby: await worn(kind, (virtual) => virtual.advance(COUNTED_MS)),
    asleep: await worn(kind, (virtual) => virtual.advance(COUNTED_MS), ASLEEP_AFTER_MS),
  }
}

/** @param work what is counted */
async function worn(
  kind: BoardFigures["kind"],
  work: (virtual: VirtualBoard, phone: Phone) => unknown,
  settledMs = SETTLED_MS,
): Promise<Duty> {
  const virtual = new VirtualBoard(knowing({ kind }))
  virtual.start(startDevice)
  virtual.advance(settledMs)
  const phone = new Phone(async (request) => virtual.link.handle(request), KNOWN_PHONE)
  told(virtual)
  const before = { ...virtual.processor.use }
  const beganMs = virtual.clock.nowMs
  await work(virtual, phone)
  const { awakeMs, lightSleepMs, lightWakes } = virtual.processor.use
  const seconds = (virtual.clock.nowMs - beganMs) / MS_PER_S
  const intervalMs = virtual.link.advertisement?.intervalMs
  return {
    samples: virtual.isAsleep ? 0 : virtual.thigh.rateHz,
    wakes: (lightWakes - before.lightWakes) / seconds,
    busMs: (awakeMs - before.awakeMs - (lightSleepMs - before.lightSleepMs)) / seconds,
    sensorMa: virtual.thigh.currentUa / US_PER_MA,
    advertisements: intervalMs === undefined ? 0 : MS_PER_S / intervalMs,
    notifications: (told(virtual).notifications?.length ?? 0) / seconds,
  }
}

function playRun(virtual: VirtualBoard, recording: Recording): void {
  const { timeS } = recording
  const first = timeS.findIndex((time) => time >= RUNNING_S)
  const { rateHz, cutoffsHz } = virtual.thigh
  for (const slice of chipSamples(recording, first, timeS.length - 1, rateHz, SLICE_S, 0, cutoffsHz))
    virtual.play(wordPairs(slice))
}

function told(virtual: VirtualBoard): Reply {
  const reply: Reply = { nowMs: 0 }
  virtual.moveInto(reply)
  return reply
}
