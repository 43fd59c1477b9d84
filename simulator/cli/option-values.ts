/** What the commands' options take, as text typed in and a value of its range out; and the options that several have. */
import { InvalidArgumentError, Option } from "commander"
import { BOARD_KINDS } from "../../hosts/virtual/protocol"
import { ENGINE_NAMES } from "../engine/engine"
import { MAX_RATE_HZ, MIN_RATE_HZ } from "../recording/time-axis"
import type { SensorCount } from "../session"
import type { Shard } from "../statistics/seeds"

/** Ticks of the board's clock are milliseconds in 31 bits: a longer run is none of a wearer's. */
const MAX_HOURS = 72
const S_PER_HOUR = 3600
/** More than any sync needs; each takes about a second. */
const MAX_RUNS = 1000
/** An engine keeps step with this beside what is asked over the air. */
const MAX_SPEED = 60
/** ATT: Core 5.4, volume 3, part F, 3.2.8 and 3.4.2; what BlueZ asks for. */
const MIN_MTU = 23
export const MAX_MTU = 517
/** TCP's last port. */
const MAX_PORT = 65_535

export function engineOption(): Option {
  return new Option("--engine <name>", "what runs the firmware").choices(ENGINE_NAMES).default("xs")
}

export function boardOption(): Option {
  return new Option(
    "--board <kind>",
    "the board that the virtual one stands for (default: xiao_esp32c3)",
  ).choices(BOARD_KINDS)
}

export function sensorsOption(): Option {
  return new Option(
    "--sensors <count>",
    "sensors worn: 1, or 2 (one below the knee too, from the columns shank_ax_g …)",
  )
    .argParser(sensorCount)
    .default(1)
}

/** A file or folder as typed. @throws InvalidArgumentError when it is empty, as an unset variable of a shell is. */
export function named(path: string): string {
  if (path === "") throw new InvalidArgumentError("It is empty: name a file or folder.")
  return path
}

/** @throws InvalidArgumentError for any other number. */
export function sensorCount(text: string): SensorCount {
  if (text === "1") return 1
  if (text === "2") return 2
  throw new InvalidArgumentError("Allowed choices are 1, 2.")
}

/** @throws InvalidArgumentError */
export function wholeNumber(text: string): number {
  const value = Number(text)
  if (text.trim() === "" || !Number.isSafeInteger(value))
    throw new InvalidArgumentError("Write a whole number of at most 15 digits.")
  return value
}

/** @throws InvalidArgumentError */
export function hours(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1 && value <= MAX_HOURS) return value
  throw new InvalidArgumentError(`Write a whole number from 1 to ${MAX_HOURS}.`)
}

/** @throws InvalidArgumentError */
export function someRuns(text: string): number {
  const value = Number(text)
  if (text.trim() !== "" && Number.isInteger(value) && value >= 0 && value <= MAX_RUNS) return value
  throw new InvalidArgumentError(`Write a whole number from 0 to ${MAX_RUNS}.`)
}

/** @throws InvalidArgumentError */
export function speed(text: string): number {
  const value = Number(text)
  if (value > 0 && value <= MAX_SPEED) return value
  throw new InvalidArgumentError(`Write a number above 0, up to ${MAX_SPEED}.`)
}

/** @throws InvalidArgumentError */
export function port(text: string): number {
  const value = Number(text)
  if (text.trim() !== "" && Number.isInteger(value) && value >= 0 && value <= MAX_PORT) return value
  throw new InvalidArgumentError(`Write a whole number from 0 (any that is free) to ${MAX_PORT}.`)
}

/** @throws InvalidArgumentError */
export function mtu(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= MIN_MTU && value <= MAX_MTU) return value
  throw new InvalidArgumentError(`Write a whole number from ${MIN_MTU} to ${MAX_MTU}.`)
}

/** @throws InvalidArgumentError */
export function countFromOne(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1) return value
  throw new InvalidArgumentError("Write a whole number from 1 on.")
}

/** @throws InvalidArgumentError for a rate that no recording may have. */
export function sampleRate(text: string): number {
  const value = Number(text)
  if (value >= MIN_RATE_HZ && value <= MAX_RATE_HZ) return value
  throw new InvalidArgumentError(`Write a number from ${MIN_RATE_HZ} to ${MAX_RATE_HZ}.`)
}

const SHARD = /^(\d+)\/(\d+)$/

/** @throws InvalidArgumentError */
export function shard(text: string): Shard {
  const [, index = 0, of = 0] = (SHARD.exec(text) ?? []).map(Number)
  if (index >= 1 && index <= of && Number.isSafeInteger(of)) return { index, of }
  throw new InvalidArgumentError("Write I/N: part I of N, counted from 1, as 3/8.")
}

/** @throws InvalidArgumentError */
export function seconds(text: string): number {
  const value = Number(text)
  if (text.trim() !== "" && value >= 1 && value <= MAX_HOURS * S_PER_HOUR) return value
  throw new InvalidArgumentError(`Write a number of seconds from 1 to ${MAX_HOURS * S_PER_HOUR}.`)
}
