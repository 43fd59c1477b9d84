/**
 * All of the firmware that counts, keeps and tells runs, joined as src/main.ts joins it, with made-up strides in place of the thigh's sensor and
 * its motion: hours of wear in seconds.
 */
import { PatellaService } from "../../src/ble/service"
import type { Board } from "../../src/board"
import { BatteryLevel } from "../../src/device/battery-level"
import { DeviceLog } from "../../src/device/device-log"
import { PhoneSide } from "../../src/device/phone-side"
import { RunKeeping } from "../../src/device/run-keeping"
import { RunStorage } from "../../src/device/run-storage"
import type { ThighSensor } from "../../src/device/thigh-sensor"
import { WearKeeping } from "../../src/device/wear-keeping"
import { ImuState } from "../../src/drivers/imu-watch"
import { Haptics } from "../../src/haptics/haptics"
import { FLEXION_MODEL } from "../../src/motion/flexion-model-data"
import { createMotion } from "../../src/motion/motion"
import type { Stride } from "../../src/motion/stride"
import { BendLog } from "../../src/run/bend-log"
import { BondList } from "../../src/storage/bond-list"
import { BootRecord } from "../../src/storage/boot-record"
import { CalibrationStore } from "../../src/storage/calibration-store"
import { CoachLog } from "../../src/storage/coach-log"
import { FaultCounts } from "../../src/storage/fault-counts"
import { SettingsStore } from "../../src/storage/settings"

const PERIOD_US = 9615
const TICK_MS = 1000
/** When motion has time to spare for counting. */
const SPARE_EVERY_MS = 50
const SAMPLES_A_STRIDE = 73

/** A sensor that is well, and whose samples nobody sees. */
const THIGH = { state: ImuState.ok, shank: undefined, catchUp() {} } as unknown as ThighSensor

export class StrideFed {
  readonly keeping: RunKeeping
  readonly runs: RunStorage
  readonly bootId: number
  readonly log: DeviceLog
  readonly #service: PatellaService

  constructor(board: Board) {
    const { timer, time, keyValue } = board
    const runs = new RunStorage(board)
    const boot = new BootRecord({
      storage: keyValue,
      chipId: board.deviceId,
      atLeast: runs.newestBootId,
    })
    const log = new DeviceLog(board, new FaultCounts(keyValue, time.ticks))
    const settings = new SettingsStore(keyValue)
    const calibrations = new CalibrationStore(keyValue)
    const model = FLEXION_MODEL
    const motion = createMotion({ periodUs: PERIOD_US, model, delayMs: 0, thresholdCdeg: 0 })
    const haptics = new Haptics({ board, settings })
    const battery = new BatteryLevel(board.battery, log)
    const first = {
      ...{ board, time, log, boot, motion, model, settings, calibrations, runs, haptics, battery },
      bends: new BendLog(),
      isConsoleInUse: false,
      bonds: new BondList(keyValue),
      coachLog: new CoachLog(keyValue),
      thigh: THIGH,
    }
    const withWear = Object.assign(first, { wear: new WearKeeping(first) })
    this.keeping = new RunKeeping(withWear)
    this.runs = runs
    this.bootId = boot.bootId
    this.log = log
    const { recorder } = this.keeping
    this.#service = new PatellaService(new PhoneSide(Object.assign(withWear, { recorder })))
    log.status = this.#service
    battery.reader = this.#service
    this.keeping.takeUp()
    runs.stamp(boot)
    this.#service.open(board.gatt)
    timer.repeat(() => this.keeping.tick(), TICK_MS)
    timer.repeat(() => this.#service.tick(), TICK_MS)
    timer.repeat(() => this.#spare(), SPARE_EVERY_MS)
    for (const { note } of [runs, boot, log.counts, settings, calibrations])
      if (note !== undefined) log.fault("storage", note)
  }

  /** One closed. */
  stride(stride: Readonly<Stride>): void {
    const { recorder } = this.keeping
    recorder.quality.samples(SAMPLES_A_STRIDE, 0)
    recorder.stride(stride)
  }

  /** What the Bluetooth service could not answer. */
  get lastFault(): string {
    return this.#service.lastFault
  }

  close(): void {
    this.keeping.recorder.close()
    this.#service.close()
  }

  #spare(): void {
    const { recorder } = this.keeping
    recorder.step()
    recorder.step()
  }
}
