/** Gathers what happens while time passes in a simulation, until the page is told of it in a frame: at most so many rows that they can be drawn, and every stride. */
import type { BoardEvent, GattReply, GattRequest, Notification, Reply } from "../../hosts/virtual/protocol"
import { fromHex } from "../../hosts/virtual/protocol"
import { PROFILES } from "../../phone/link/profiles"
import { decode } from "../../src/ble/fields"
import { SETTING_WRITE } from "../../src/ble/layouts"
import { SETTINGS } from "../../src/storage/settings"
import { EVENT_WORDS } from "../cli/event-words"
import type { Motion } from "../simulation/motion"
import type { SimulationListener } from "../simulation/options"
import { exchangeWords, notificationWords } from "./gatt-words"
import type { EstimateRow, Frame, News, PhoneView, Traffic, TruthRow } from "./messages"
import { StrideMarks } from "./stride-marks"
import { TraceRows } from "./trace-rows"

/** More than a window of some seconds has pixels for. */
const ROWS_MOST = 200
/** A page keeps no more lines. */
const TRAFFIC_MOST = 200
const THRESHOLD_ID = SETTINGS.find(({ name }) => name === "thresholdDeg")?.id
const DEG_DIGITS = 100

/** What is known otherwise of the moment. */
export type Moment = Pick<Frame, "timeS" | "isPaused" | "speed" | "device" | "phone" | "done">

/** A line of traffic that is not put in words until it is shown. */
type Line = Pick<Traffic, "timeS" | "from"> & { words: () => Omit<Traffic, "timeS" | "from"> }

export class FrameGathering implements SimulationListener {
  /** Goes up whenever the board may have come to store something else. */
  storeChanges = 0
  readonly #motion: Motion
  readonly #trace = new TraceRows()
  readonly #marks: StrideMarks
  #estimates: EstimateRow[] = []
  #motor: Frame["motor"] = []
  #news: News[] = []
  #traffic: Line[] = []
  #startMs = 0
  #nowMs = 0
  #operations: number | undefined
  /** The next row of the truth. */
  #row = 0
  #link: PhoneView["link"] = "none"

  /** @param thresholdDeg that the device has as it starts */
  constructor(motion: Motion, thresholdDeg: number) {
    this.#motion = motion
    this.#marks = new StrideMarks(thresholdDeg)
  }

  event(timeS: number, { name, detail }: BoardEvent): void {
    if (name === "runStarted" || name === "runResumed") this.#marks.runBegan()
    if (name === "runEnded") this.#marks.runEnded()
    this.#news.push({ timeS, name, words: EVENT_WORDS[name]?.text ?? name, detail })
  }

  motor(timeS: number, duty: number): void {
    this.#motor.push({ timeS, duty })
  }

  reply(reply: Reply, body: Uint8Array, timeS: (deviceMs: number) => number): void {
    const { startMs = 0, nowMs } = reply
    if (startMs !== this.#startMs || nowMs < this.#nowMs) {
      this.#trace.restarted()
      this.#marks.restarted()
      // It may be another board, which counts its operations anew.
      this.storeChanges++
    }
    this.#startMs = startMs
    this.#nowMs = nowMs
    if (reply.operations !== this.#operations) this.storeChanges++
    this.#operations = reply.operations
    for (const stride of this.#trace.add(reply, body, timeS, (row) => this.#estimates.push(row)))
      this.#marks.add(stride)
    this.#marks.passed(timeS(nowMs))
  }

  gatt(timeS: number, request: GattRequest, reply: GattReply): void {
    if (request.op === "write" && request.characteristic === PROFILES.settings.uuid && !reply.error)
      this.#set(request.value ?? "")
    if (request.op === "disconnect") this.#link = "none"
    this.#tell({ timeS, from: "phone", words: () => exchangeWords(request, reply) })
  }

  notification(timeS: number, notification: Notification): void {
    this.#tell({ timeS, from: "device", words: () => notificationWords(notification) })
  }

  /** What was gathered since the one before. */
  take(moment: Moment): Frame {
    this.#watchLink(moment)
    const frame: Frame = {
      ...moment,
      estimates: thinned(this.#estimates),
      truths: this.#truths(moment.timeS),
      strides: this.#marks.take(),
      motor: this.#motor,
      news: this.#news,
      traffic: this.#traffic.map(({ timeS, from, words }) => ({ timeS, from, ...words() })),
    }
    this.#estimates = []
    this.#motor = []
    this.#news = []
    this.#traffic = []
    return frame
  }

  #tell(line: Line): void {
    this.#traffic.push(line)
    if (this.#traffic.length > 2 * TRAFFIC_MOST) this.#traffic.splice(0, TRAFFIC_MOST)
  }

  #set(hex: string): void {
    const { id, value } = decode(SETTING_WRITE, fromHex(hex))
    if (id === THRESHOLD_ID) this.#marks.thresholdDeg = value
  }

  /** A link that is lost tells nobody. */
  #watchLink({ timeS, phone: { link } }: Moment): void {
    const words = {
      what: "lost",
      about: "",
      says: link === "out of reach" ? link : "the device is gone",
      hex: "",
    }
    if (isUp(this.#link) && !isUp(link)) this.#tell({ timeS, from: "device", words: () => words })
    this.#link = link
  }

  /** Rows up to now that lie behind those told. */
  #truths(untilS: number): TruthRow[] {
    const { timeS, truth } = this.#motion.recording
    const from = this.#row
    while (this.#row < timeS.length && (timeS[this.#row] as number) <= untilS) this.#row++
    if (!truth) return []
    const step = Math.max(1, Math.ceil((this.#row - from) / ROWS_MOST))
    const rows: TruthRow[] = []
    for (let row = from; row < this.#row; row += step)
      rows.push([
        timeS[row] as number,
        inDeg(truth.kneeDeg[row] as number),
        inDeg(truth.thighDeg[row] as number),
        truth.stance[row] as number,
      ])
    return rows
  }
}

/** One phone or the other. */
function isUp(link: PhoneView["link"]): boolean {
  return link === "connected" || link === "companion"
}

function inDeg(value: number): number {
  return Math.round(value * DEG_DIGITS) / DEG_DIGITS
}

/** Every so manieth, the newest among them. */
function thinned<Row>(rows: readonly Row[]): Row[] {
  const step = Math.max(1, Math.ceil(rows.length / ROWS_MOST))
  return rows.filter((_, index) => (rows.length - 1 - index) % step === 0)
}
