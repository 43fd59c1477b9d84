/**
 * The phone that the wearer carries: connects whenever the device can be reached, listens to status and live values, and fetches each run that is closed. It
 * reads while no time passes for the device, and changes nothing of what is measured.
 */
import { type Notification, toHex } from "../../hosts/virtual/protocol"
import type { Status } from "../../phone/link/device-client"
import type { LiveReading } from "../../phone/link/live-reading"
import { RunSync } from "../../phone/link/run-sync"
import { Problem, StatusFlag } from "../../src/ble/layouts"
import { decodeRunRecord, type Run } from "../../src/ble/run-codec"
import { Activity } from "../../src/motion/stride"
import { MemoryRuns } from "../phone/memory-runs"
import type { Phone } from "../phone/phone"
import { runJson } from "../phone/replay-json"
import { NOTHING_HEARD, type PhoneRun, type PhoneView } from "./phone-view"

/** The motion's time 0 by the clock of the boot of that number, ms. */
export type ZeroOf = (bootId: number) => number

export class AttendingPhone {
  readonly #phone: Phone
  readonly #zeroOf: (newestBoot: number) => ZeroOf
  readonly #store = new MemoryRuns()
  #sync: RunSync | undefined
  #bootId = 0
  #newestRunId = 0
  /** Settings that wait for a link. */
  #toSet: [name: string, value: number][] = []
  #view: PhoneView = NOTHING_HEARD

  /** @param phone bonded with the device. @param zeroOf for the device's count of boots as it is now */
  constructor(phone: Phone, zeroOf: (newestBoot: number) => ZeroOf) {
    this.#phone = phone
    this.#zeroOf = zeroOf
  }

  get view(): Readonly<PhoneView> {
    return this.#view
  }

  /** It writes the setting now, or with the next connection. */
  async set(name: string, value: number, timeS: number): Promise<void> {
    this.#toSet.push([name, value])
    if (this.#phone.transport.connected) await this.#write(timeS)
  }

  /** The link is gone without a word. */
  lost(link: "out of reach" | "none"): void {
    if (this.#phone.transport.connected) this.#phone.transport.lost()
    this.#tell({ link })
  }

  /** The companion is to have the link: it stays away until that has gone. */
  async letGo(): Promise<void> {
    const { transport } = this.#phone
    if (transport.connected)
      await this.#phone.disconnect().catch((error) => {
        // Dropped by the device meanwhile.
        if (transport.connected) throw error
      })
    this.#tell({ link: "companion" })
  }

  /** The companion has gone; where its link was lost, that is told already. */
  comeBack(): void {
    if (this.#view.link === "companion") this.#tell({ link: "none" })
  }

  /** Does what is due: connects, or fetches the runs that it does not have. */
  async attend(timeS: number): Promise<void> {
    if (this.#view.link === "companion") return
    try {
      if (!this.#phone.transport.connected) await this.#connect(timeS)
      else if (this.#hasNews) await this.#fetch(timeS)
    } catch (error) {
      if (this.#phone.transport.connected) throw error
      // Not advertising, or gone meanwhile: it tries again when it is next asked to.
      this.#tell({ link: "none" })
    }
  }

  notified(notification: Notification, timeS: number): void {
    this.#phone.transport.notified(notification)
    const status = this.#phone.statusIn(notification)
    if (status) this.#hear(status, timeS)
    const live = this.#phone.liveIn(notification)
    if (live) this.#hearLive(live, timeS)
  }

  get #hasNews(): boolean {
    return this.#newestRunId > (this.#view.runs.at(-1)?.id ?? 0)
  }

  async #connect(timeS: number): Promise<void> {
    const phone = this.#phone
    await phone.connect()
    this.#tell({ link: "connected" })
    const { bootId, deviceId } = await phone.identity()
    this.#bootId = bootId
    this.#sync ??= new RunSync({
      deviceId: toHex(Uint8Array.from(deviceId)),
      store: this.#store,
      // Reads are answered at once: nothing is waited for.
      wait: async () => {},
      way: "reads",
      progress: ({ runsDone, runsTotal }) => this.#tell({ syncing: { done: runsDone, of: runsTotal } }),
    })
    await phone.subscribeStatus(() => {})
    await phone.subscribeLive(() => {})
    this.#hear(await phone.status(), timeS)
    this.#hearLive(await phone.live(), timeS)
    await this.#write(timeS)
    await this.#fetch(timeS)
  }

  async #write(timeS: number): Promise<void> {
    while (this.#toSet[0]) {
      const [name, value] = this.#toSet.shift() as [string, number]
      await this.#phone.set(name, value)
    }
    const { thresholdDeg = 0 } = await this.#phone.settings()
    this.#tell({ thresholdDeg, asOfS: timeS })
  }

  async #fetch(timeS: number): Promise<void> {
    await this.#sync?.run(this.#phone.transport)
    const zeroOf = this.#zeroOf(this.#bootId)
    const runs = [...this.#store.records.values()].map((bytes) => decodeRunRecord(bytes).run)
    const { syncing: _, ...view } = this.#view
    this.#view = {
      ...view,
      runs: runs.sort((one, other) => one.id - other.id).map((run) => shownRun(run, zeroOf(run.bootId))),
      summaryText: await this.#phone.summaryText(),
      asOfS: timeS,
    }
    // One that was erased before it could be fetched is not waited for.
    this.#newestRunId = Math.min(this.#newestRunId, this.#view.runs.at(-1)?.id ?? 0)
  }

  #hear(status: Status, timeS: number): void {
    const has = (flag: number) => (status.flags & flag) !== 0
    this.#newestRunId = status.newestRunId
    this.#tell({
      calibrated: has(StatusFlag.calibrated),
      charging: has(StatusFlag.charging),
      isRunOpen: has(StatusFlag.runOpen),
      batteryPercent: status.batteryPercent,
      activity: activityName(status.activity),
      problems: Object.entries(Problem)
        .filter(([, bit]) => (status.problems & bit) !== 0)
        .map(([name]) => name),
      asOfS: timeS,
    })
  }

  #hearLive({ activity, isRunOpen, isCalibrated, ...live }: LiveReading, timeS: number): void {
    const { strides, compressions, lastPeakDeg } = live
    this.#tell({
      activity: activityName(activity),
      calibrated: isCalibrated,
      isRunOpen,
      // Between runs they are 0: what was last counted stays.
      ...((isRunOpen || strides > 0) && { strides, compressions, lastPeakDeg }),
      asOfS: timeS,
    })
  }

  #tell(news: Partial<PhoneView>): void {
    this.#view = { ...this.#view, ...news }
  }
}

function activityName(code: number): string {
  return Object.entries(Activity).find(([, known]) => known === code)?.[0] ?? "other"
}

function shownRun(run: Run, zeroMs: number): PhoneRun {
  const json = runJson(run, zeroMs)
  return {
    id: json.id,
    startS: json.startS,
    durationS: json.durationS,
    strides: json.strides,
    compressions: json.compressions,
    thresholdDeg: json.thresholdDeg,
    compressionsByDepth: json.compressionsByDepth,
    peakFlexionMedianDeg: json.peakFlexionMedianDeg,
    cadenceSpm: json.cadenceSpm,
    load: json.load,
    buzzes: json.buzzes.length,
  }
}
