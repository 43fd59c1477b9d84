/**
 * The budget of power: currents of the parts (currents.ts), duty as counted (duty.ts) and instructions as counted by the bench in; the mean current of each
 * state out, by what takes it. Computed, measured on no board.
 */
import { DEFAULT_LINK } from "../../hosts/virtual/radio-link"
import { AFTER_BUZZ_S } from "../../src/coach/sitting-watch"
import { OVERLOAD } from "../../src/haptics/patterns"
import { defaultSettings } from "../../src/storage/settings"
import { CORE_HZ, INSTRUCTIONS_PER_CYCLE } from "../bench/bench-result"
import type { PerformanceReport } from "../bench/performance-report"
import { type BoardFigures, RADIO, USABLE_SHARE } from "./currents"
import { type Duties, type Duty, STATES, type State } from "./duty"

const MS_PER_S = 1000
const S_PER_HOUR = 3600
const S_PER_MIN = 60
const PERCENT = 100
export const HOURS_PER_DAY = 24
/** To wake from light sleep and fall asleep again: "less than 1 ms" (ESP32-C3 book, 12.2.2), with the core on. */
const WAKE_MS = 1
/** The core beside a radio event: controller and stack, own estimate. */
const EVENT_CORE_MS = 2
/** An advertisement of 47 bytes at 8 µs on each of three channels, after which it listens (core specification 5.4, volume 6, part B, 2.1, 2.3, 4.1.1). */
const ADVERTISING = { channels: 3, transmitMs: 0.376, receiveMs: 0.25 } as const
/** Empty packets of 10 bytes; it listens the longer the less the two clocks agree (volume 6, part B, 4.2.4). */
const CONNECTION = { transmitMs: 0.08, receiveMs: 0.31 } as const
const NOTIFICATION_MS = 0.4

export const PARTS = ["core", "between", "radio", "sensor", "motor", "board"] as const
export type PartName = (typeof PARTS)[number]
/** mA, on average. */
export type Budget = Record<PartName, number>

export interface BoardBudget {
  name: string
  cell: { mAh: number; words: string }
  duties: Duties
  /** Of a second the core works so many ms. */
  coreMs: Record<State, number>
  states: Record<State, Budget>
  /** A usual cell's, usableMah of it. */
  hours: Record<State, number>
}

export function budgetOf(board: BoardFigures, duties: Duties, { result }: PerformanceReport): BoardBudget {
  const coreMs = {} as Record<State, number>
  const states = {} as Record<State, Budget>
  const hours = {} as Record<State, number>
  for (const state of STATES) {
    coreMs[state] = state === "asleep" ? 0 : workMs(state, duties[state], result)
    states[state] = budget(board, state, duties[state], coreMs[state])
    hours[state] = (board.cell.mAh * USABLE_SHARE) / totalMa(states[state])
  }
  const { name, cell } = board
  return { name, cell, duties, coreMs, states, hours }
}

export function totalMa(budget: Budget): number {
  return PARTS.reduce((sum, part) => sum + budget[part], 0)
}

/** mAh that a long sitting without a stir costs by default, since sleep waits for its buzz: standing by for longer in place of sleep. */
export function sittingMah({ states }: Pick<BoardBudget, "states">): number {
  const { sittingMin, sleepAfterMin } = defaultSettings()
  const awakeS = (sittingMin - sleepAfterMin) * S_PER_MIN + AFTER_BUZZ_S
  return ((totalMa(states.standby) - totalMa(states.asleep)) * awakeS) / S_PER_HOUR
}

function workMs(state: State, duty: Duty, { rv32 }: PerformanceReport["result"]): number {
  const { fifoBatch, tick, liveNotification } = rv32
  const instructions =
    (duty.samples / fifoBatch.samples) * fifoBatch.mean + tick.mean + duty.notifications * liveNotification
  const worked = (instructions / (CORE_HZ * INSTRUCTIONS_PER_CYCLE)) * MS_PER_S
  return worked + duty.busMs + duty.wakes * WAKE_MS + events(state, duty) * EVENT_CORE_MS
}

/** Of the radio. */
function events(state: State, duty: Duty): number {
  return state === "connected" ? MS_PER_S / DEFAULT_LINK.intervalMs : duty.advertisements
}

function budget(board: BoardFigures, state: State, duty: Duty, coreMs: number): Budget {
  const isAsleep = state === "asleep"
  const share = coreMs / MS_PER_S
  return {
    core: board.active.mA * share,
    between: isAsleep ? board.deepSleep.mA : board.between.mA * (1 - share),
    radio: radioMa(state, duty),
    sensor: duty.sensorMa,
    motor: state === "recording" || state === "connected" ? motorMa(board) : 0,
    board: board.always.reduce((sum, { mA }) => sum + mA, 0),
  }
}

function radioMa(state: State, duty: Duty): number {
  const { transmit, receive } = RADIO
  const { channels, transmitMs, receiveMs } = ADVERTISING
  const advertisement = channels * (transmitMs * transmit.mA + receiveMs * receive.mA)
  const connection = CONNECTION.transmitMs * transmit.mA + CONNECTION.receiveMs * receive.mA
  const ofEvents = events(state, duty) * (state === "connected" ? connection : advertisement)
  return (ofEvents + duty.notifications * NOTIFICATION_MS * transmit.mA) / MS_PER_S
}

/** As many buzzes as an hour's run may have by default, none of them shortened. */
function motorMa({ motor }: BoardFigures): number {
  const dutyMs = OVERLOAD.segments.reduce((sum, { dutyPercent, ms }) => sum + (dutyPercent / PERCENT) * ms, 0)
  return (motor.mA * defaultSettings().buzzesPerRun * (dutyMs / MS_PER_S)) / S_PER_HOUR
}
