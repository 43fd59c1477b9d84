/**
 * Composition root: a board in, a running device out. It makes the parts (src/device joins them: samples to motion, strides to the run,
 * decisions to the motor, and all of it to the phone), and gives them their second. Classes, since a function that is made at run time
 * takes its byte code into RAM with it.
 */
import { Problem } from "./ble/layouts"
import { PatellaService } from "./ble/service"
import type { Board } from "./board"
import { ConsoleDoor } from "./console/console-door"
import { BatteryLevel } from "./device/battery-level"
import { ButtonSide } from "./device/button-side"
import { tickCoach } from "./device/coach-side"
import { DeviceEvent, DeviceLog } from "./device/device-log"
import type { DeviceParts } from "./device/device-parts"
import { DisplaySide } from "./device/display-side"
import { PhoneSide } from "./device/phone-side"
import { PowerStates } from "./device/power-states"
import { lapse } from "./device/question"
import { RunKeeping } from "./device/run-keeping"
import { RunStorage } from "./device/run-storage"
import { ShankSensor } from "./device/shank-sensor"
import { beginBattery, goEmpty, sleep } from "./device/shut-down"
import { SittingSide } from "./device/sitting-side"
import { ThighSensor } from "./device/thigh-sensor"
import { takeUpUpdate, tickUpdate } from "./device/update-keeping"
import { WearKeeping } from "./device/wear-keeping"
import { Haptics } from "./haptics/haptics"
import type { TimerId } from "./io"
import type { FlexionModel } from "./motion/flexion-model"
import { FLEXION_MODEL } from "./motion/flexion-model-data"
import { createMotion, type Motion } from "./motion/motion"
import { createShank, type Shank } from "./motion/shank"
import { Wake } from "./power/port"
import { BendLog } from "./run/bend-log"
import { BondList } from "./storage/bond-list"
import { type BootOptions, BootRecord } from "./storage/boot-record"
import { CalibrationStore } from "./storage/calibration-store"
import { CoachLog } from "./storage/coach-log"
import { FaultCounts } from "./storage/fault-counts"
import { SettingsStore } from "./storage/settings"
import { FIRMWARE_VERSION } from "./version"

export { DeviceEvent } from "./device/device-log"

const US_PER_S = 1_000_000
const US_PER_MS = 1000
const TICK_MS = 1000

export interface Device {
  close(): void
}

/** Boots the firmware on `board`. A sensor or a motor that fails does not stop it: the status says what is wrong. */
export function startDevice(board: Board): Device {
  return new PatellaDevice(board)
}

class PatellaDevice implements Device {
  private readonly parts: DeviceParts
  private readonly keeping: RunKeeping
  private readonly service: PatellaService
  private readonly ticker: TimerId
  private readonly console: ConsoleDoor | undefined
  /** Undefined where the board cannot sleep. */
  private readonly states: PowerStates | undefined
  private activity: number
  private serviceFaults = 0

  constructor(board: Board) {
    const { timer, time } = board
    const model = (board.model as FlexionModel | undefined) ?? FLEXION_MODEL
    // First, before anything is stored: what runs know of boots, and the number of this one.
    const runs = new RunStorage(board)
    const boot = new BootRecord({
      storage: board.keyValue,
      chipId: board.deviceId,
      atLeast: runs.newestBootId,
      wentOn: retainedOver(board),
    })
    const log = new DeviceLog(board, new FaultCounts(board.keyValue, time.ticks))
    const settings = new SettingsStore(board.keyValue)
    const calibrations = new CalibrationStore(board.keyValue)
    const bonds = new BondList(board.keyValue)
    const coachLog = new CoachLog(board.keyValue)
    const bends = new BendLog()
    const shank = board.shank && createShank(periodUs(board))
    const motion = motionOf(board, model, shank)
    // One object, which each part keeps: with one of its own for each they take 25 slots more.
    const first = {
      board,
      time,
      log,
      boot,
      motion,
      model,
      settings,
      calibrations,
      bonds,
      coachLog,
      runs,
      bends,
    }
    const withHaptics = Object.assign(first, { haptics: new Haptics(first) })
    const withWear = Object.assign(withHaptics, { wear: new WearKeeping(withHaptics) })
    const keeping = new RunKeeping(withWear)
    const withRuns = Object.assign(withWear, { recorder: keeping.recorder })
    const battery = new BatteryLevel(board.battery, log)
    const thigh = new ThighSensor(withRuns)
    const parts = Object.assign(withRuns, { battery, thigh, isConsoleInUse: false })
    const phone = new PhoneSide(parts)
    const service = new PatellaService(phone)
    this.parts = parts
    this.parts.sitting = new SittingSide(parts)
    this.keeping = keeping
    this.service = service
    this.activity = motion.activity
    if (board.shank && shank) thigh.shank = new ShankSensor(board.shank, board, shank, log)
    log.status = service
    battery.reader = service
    keeping.takeUp()
    runs.stamp(boot)
    service.open(board.gatt)
    this.ticker = timer.repeat(() => this.tick(), TICK_MS)
    beginBattery(parts)
    for (const { note } of [runs, boot, log.counts, settings, calibrations, bonds, coachLog])
      if (note !== undefined) log.fault("storage", note)
    if (runs.note !== undefined) log.problem(Problem.flash, true)
    if (boot.hasStoreFailed) log.problem(Problem.keyValue, true)
    if (board.power?.wake === Wake.brownOut) log.problem(Problem.brownOut, true)
    if (board.power?.wake === Wake.crash) log.problem(Problem.crash, true)
    parts.haptics.check()
    if (board.display) this.parts.display = new DisplaySide(parts, service, board.display)
    this.parts.button = ButtonSide.of(parts, service)
    this.console = ConsoleDoor.of(parts, phone, service)
    takeUpUpdate(parts)
    const firmware = board.firmware ?? FIRMWARE_VERSION
    log.tell(DeviceEvent.ready, `${board.name}, firmware ${firmware}, flexion model ${model.version}`)
    this.states = PowerStates.of(parts, service)
  }

  close(): void {
    const { board, thigh, recorder, wear, haptics, battery, log } = this.parts
    board.timer.clear(this.ticker)
    this.parts.button?.close()
    this.parts.display?.close()
    this.parts.coach?.close()
    this.console?.close()
    this.parts.update?.close()
    thigh.catchUp()
    recorder.close()
    if (wear.isFiner) wear.keep()
    thigh.close()
    thigh.shank?.close()
    haptics.close()
    battery.close()
    this.service.close()
    log.keepCounts()
  }

  /** Once a second. */
  private tick(): void {
    const { time, log, motion, recorder, wear, battery, haptics } = this.parts
    const service = this.service
    this.keeping.tick()
    service.tick()
    this.parts.button?.tick()
    log.tellWearer(this.parts.haptics)
    lapse(this.parts)
    tickCoach(this.parts)
    this.parts.sitting?.tick()
    if (!recorder.live?.inBout) {
      if (wear.isFiner) wear.keep()
      if (log.counts.isDue(time.ticks)) log.keepCounts()
    }
    if (motion.activity !== this.activity) {
      this.activity = motion.activity
      log.changed()
    }
    if (service.faults !== this.serviceFaults) {
      log.counts.add("bluetooth", service.faults - this.serviceFaults)
      this.serviceFaults = service.faults
      log.tell(DeviceEvent.fault, `Bluetooth: ${service.lastFault}`)
    }
    battery.tick(haptics.playing !== undefined)
    // The last: each may be the end.
    if (tickUpdate(this.parts, service.isUp)) this.restart()
    else if (battery.isEmpty) goEmpty(this.parts, this)
    else if (this.states?.tick()) sleep(this.parts, this)
  }

  /** All is stored before. */
  private restart(): void {
    this.close()
    this.parts.board.update?.restart()
  }
}

function motionOf(board: Board, model: FlexionModel, shank: Shank | undefined): Motion {
  return createMotion({
    periodUs: periodUs(board),
    model,
    delayMs: board.thigh.rate.gyroDelayUs / US_PER_MS,
    thresholdCdeg: 0,
    shank,
    tap: board.monitor?.motion,
  })
}

/** What the clock that outlives a reset shows, where it went on: with the power, or in a brown-out, it may have begun anew. */
function retainedOver({ retained, power, time }: Board): BootOptions["wentOn"] {
  if (!retained || !power || power.wake === Wake.power || power.wake === Wake.brownOut) return undefined
  return { retainedMs: retained.ms, uptimeMs: time.ticks }
}

/** Nominal. */
function periodUs(board: Board): number {
  return US_PER_S / board.thigh.rate.hz
}
