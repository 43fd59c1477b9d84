/** `status`: how the device is, a line for each part. `test`: its self-test, part by part. */
import type { DeviceStatus } from "../ble/device-model"
import { AGE_UNKNOWN_MIN, StatusFlag } from "../ble/layouts"
import { SelfTest } from "../device/self-test"
import { ImuState } from "../drivers/imu-watch"
import { FAULT_KINDS } from "../storage/fault-counts"
import { type ConsoleDevice, type ConsolePage, REFUSED } from "./console-page"
import { ACTIVITY_WORDS, PROBLEM_WORDS, SENSOR_WORDS, TEST_WORDS } from "./words"

const MS_PER_S = 1000
const S_PER_MIN = 60
const MIN_PER_H = 60
const CDEG_PER_DEG = 100
/** "sensor below the knee measures" and the like: verdicts stand under each other. */
const VERDICT_AT = 46

export class StatusPage implements ConsolePage {
  private readonly device: ConsoleDevice
  private readonly status: DeviceStatus

  constructor(device: ConsoleDevice) {
    this.device = device
    this.status = device.phone.status()
  }

  line(index: number): string | undefined {
    const { status } = this
    const { boot, board } = this.device.parts
    switch (index) {
      case 0:
        return `device        ${board.name}, boot ${boot.bootId}, on for ${clock(status.uptimeMs)}`
      case 1:
        return `sensor        ${this.sensor()}`
      case 2:
        return `below knee    ${this.shank()}`
      case 3:
        return `problems      ${this.problems()}`
      case 4:
        return `battery       ${status.batteryPercent} %${this.has(StatusFlag.charging) ? ", on a supply" : ""}`
      case 5:
        return `activity      ${ACTIVITY_WORDS[status.activity]}${this.knee()}`
      case 6:
        return `calibration   ${this.calibration()}`
      case 7:
        return `run           ${this.run()}`
      case 8:
        return `runs          ${this.runs()}`
      case 9:
        return `phones        ${this.device.phone.bonds.length} on the list`
      case 10:
        return `faults        ${this.faults()}`
      default:
        return undefined
    }
  }

  private has(flag: number): boolean {
    return (this.status.flags & flag) !== 0
  }

  private sensor(): string {
    const { thigh, board } = this.device.parts
    const { samples, lost, overruns, badWords, retries, missedInterrupts } = thigh.counts
    const { name, rate } = board.thigh
    const counts = `${samples} samples, ${lost} lost, ${overruns} overruns, ${badWords} bad words`
    const watched = `${retries} new starts, ${missedInterrupts} interrupts missed`
    const detail = thigh.detail === "" ? "" : `: ${thigh.detail}`
    return `${name} at ${Math.round(rate.hz)} Hz ${SENSOR_WORDS[thigh.state]}${detail}; ${counts}, ${watched}`
  }

  private shank(): string {
    if (this.has(StatusFlag.shankMeasuring)) return "measuring"
    return this.has(StatusFlag.shankLost) ? "lost" : "none seen"
  }

  private problems(): string {
    let words = ""
    for (const [problem, text] of PROBLEM_WORDS)
      if (this.status.problems & problem) words += words === "" ? text : `; ${text}`
    return words === "" ? "none" : words
  }

  private knee(): string {
    const { motion } = this.device.parts
    return motion.calibrated ? `, knee at ${Math.round(motion.kneeCdeg / CDEG_PER_DEG)}°` : ""
  }

  private calibration(): string {
    const { calibrationVersion, calibrationAgeMin } = this.status
    if (!this.has(StatusFlag.calibrated))
      return this.has(StatusFlag.calibrationLost) ? "lost: what was stored is damaged" : "none"
    const from = this.has(StatusFlag.provisional) ? "from gait" : "from knee bends"
    const age = calibrationAgeMin === AGE_UNKNOWN_MIN ? "before this boot" : `${calibrationAgeMin} min ago`
    const taught = this.has(StatusFlag.taught) ? ", knee taught" : ""
    const slipped = this.has(StatusFlag.strapShifted) ? ", the strap has slipped since" : ""
    return `number ${calibrationVersion} ${from}, ${age}${taught}${slipped}`
  }

  private run(): string {
    const { recorder, time } = this.device.parts
    const run = recorder.live
    if (!run) return "none open"
    const { strides, compressions } = run.totals
    return `run ${run.id} open for ${clock(time.ticks - run.startMs)}: ${strides} strides, ${compressions} compressions`
  }

  private runs(): string {
    const { runs } = this.device.parts
    return `${runs.length} stored, the newest was run ${runs.newestId}, ${runs.lost} lost before a phone had them`
  }

  private faults(): string {
    const totals = this.device.phone.faultCounts()
    let words = `${this.status.faults} since boot; ever: `
    for (let index = 0; index < FAULT_KINDS.length; index++) {
      const kind = FAULT_KINDS[index] as (typeof FAULT_KINDS)[number]
      words += `${index > 0 ? ", " : ""}${kind} ${totals[kind]}`
    }
    return words
  }
}

export class TestPage implements ConsolePage {
  private readonly device: ConsoleDevice
  private readonly test: SelfTest

  /** Tests at once. */
  constructor(device: ConsoleDevice) {
    this.device = device
    this.test = new SelfTest(device.parts)
  }

  line(index: number): string | undefined {
    const words = TEST_WORDS[index]
    if (!words) return index === TEST_WORDS.length ? this.sum() : undefined
    const [part, what, untold] = words
    const { tested, failed } = this.test
    const verdict = tested & part ? (failed & part ? "FAIL" : "pass") : untold
    return `${what.padEnd(VERDICT_AT)}${verdict}`
  }

  private sum(): string {
    const { thigh } = this.device.parts
    if (this.test.failed === 0) return "all well"
    const why = thigh.state === ImuState.ok || thigh.detail === "" ? "" : `; ${thigh.detail}`
    return `${REFUSED}not all is well${why}`
  }
}

/** h:mm:ss */
export function clock(ms: number): string {
  const seconds = Math.floor(ms / MS_PER_S)
  const minutes = Math.floor(seconds / S_PER_MIN)
  return `${Math.floor(minutes / MIN_PER_H)}:${two(minutes % MIN_PER_H)}:${two(seconds % S_PER_MIN)}`
}

function two(value: number): string {
  return String(value).padStart(2, "0")
}
