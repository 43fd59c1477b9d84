/**
 * Composition root: a board in, a running device out. The only module that knows all the others: it hands samples from
 * the sensor's driver to the motion pipeline, strides to the run, decisions to the motor, and all of it to the phone.
 */

import { AGE_UNKNOWN_MIN, CommandCode, SensorState, StatusFlag } from "./ble/layouts"
import { encodeRunRecord } from "./ble/run-codec"
import { PatellaService } from "./ble/service"
import type { Board } from "./board"
import { Battery, lipoPercent } from "./drivers/battery"
import { ImuState, ImuWatch } from "./drivers/imu-watch"
import { RATES, USUAL_RATE } from "./drivers/lsm6dso-registers"
import { Haptics } from "./haptics/haptics"
import {
  CALIBRATION_DONE,
  CALIBRATION_PROVISIONAL,
  ERROR,
  FIND_ME,
  OVERLOAD,
  STRAP_SHIFTED,
} from "./haptics/patterns"
import type { FlexionModel } from "./motion/flexion-model"
import { FLEXION_MODEL } from "./motion/flexion-model-data"
import { Leg } from "./motion/leg"
import { MEASURED_PEAK_ERROR_CDEG } from "./motion/measured-knee"
import { createMotion, MotionEvent } from "./motion/motion"
import { MountQuality } from "./motion/mount-upkeep"
import { createShank } from "./motion/shank"
import { TAUGHT_PEAK_ERROR_CDEG } from "./motion/teaching"
import { decodeWear, encodeWear } from "./motion/wear-record"
import { BendLog } from "./run/bend-log"
import { Overload } from "./run/overload"
import { RunRecorder } from "./run/run-recorder"
import { BUZZ_WORDS, type Run } from "./run/summary"
import { CalibrationStore } from "./storage/calibration-store"
import { MemoryRunStore } from "./storage/run-store"
import { SettingsStore } from "./storage/settings"
import { FIRMWARE_VERSION } from "./version"

const US_PER_S = 1_000_000
const TICK_MS = 1000
const MS_PER_MIN = 60_000
const BATTERY_EVERY_TICKS = 60
const BATTERY_LOW_PERCENT = 10
/** A bend that was told already and is now measured anew ends within this of it. */
const BEND_MATCH_MS = 1000
/** The shank's samples are read with each batch of the thigh's; its interrupt in between dates them. */
const SHANK_BATCH = 8
/** So few lost samples (38 ms) of the shank are stood in for by the last one; after more it settles anew. */
const SHANK_REPEATED_SAMPLES = 4
/** The error buzz comes again only after the sensor was well for a minute. */
const WELL_TICKS = 60

/** What `Monitor.event` is told of. */
export const DeviceEvent = {
  ready: "ready",
  sensor: "sensor",
  shank: "shank",
  calibrated: "calibrated",
  strapShifted: "strapShifted",
  taught: "taught",
  bend: "bend",
  runStarted: "runStarted",
  buzz: "buzz",
  runEnded: "runEnded",
  phoneConnected: "phoneConnected",
  fault: "fault",
} as const

const SENSOR_STATES = {
  [ImuState.starting]: SensorState.searching,
  [ImuState.ok]: SensorState.measuring,
  [ImuState.absent]: SensorState.searching,
  [ImuState.wrongChip]: SensorState.searching,
  [ImuState.silent]: SensorState.stalled,
  [ImuState.faulty]: SensorState.searching,
} as const

/** An error in its own words. */
function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

export interface Device {
  close(): void
}

/** Boots the firmware on `board`. A sensor or a motor that fails does not stop it: the status says what is wrong. */
export function startDevice(board: Board): Device {
  const { timer, time, monitor } = board
  const model = (board.model as FlexionModel | undefined) ?? FLEXION_MODEL
  let faults = 0
  let imu: ImuWatch | undefined
  let shankImu: ImuWatch | undefined
  let shankSeen = false
  // A sensor that comes and goes is buzzed for once, until it has been well for a while.
  let wellTicks = WELL_TICKS

  function tell(name: (typeof DeviceEvent)[keyof typeof DeviceEvent], detail: string): void {
    monitor?.event(name, time.ticks, detail)
  }
  function fault(what: string): void {
    faults++
    tell(DeviceEvent.fault, what)
    service.statusChanged()
  }

  // Storage
  const settings = new SettingsStore(board.keyValue)
  const calibrations = new CalibrationStore(board.keyValue)
  const runs = new MemoryRunStore()
  let calibratedAtMs: number | undefined
  let hasStoreFailed = false
  let hasStrapShifted = false

  // Motion
  const rate = RATES[board.thigh.rate ?? USUAL_RATE]
  const periodUs = US_PER_S / rate.hz
  const shank = board.shank && createShank(periodUs)
  const motion = createMotion({
    periodUs,
    model,
    delayMs: rate.gyroDelayUs / 1000,
    thresholdCdeg: 0,
    shank,
    tap: monitor?.motion,
  })
  const stored = calibrations.stored && decodeWear(calibrations.stored.blob)
  if (stored) {
    const { thigh, taught, bendSlopeQ10 } = stored
    if (thigh) motion.restore(thigh.mount, thigh.quality, thigh.leg)
    motion.teach(taught.peakOffsetCdeg, taught.strides)
    motion.wearer.bendSlopeQ10 = bendSlopeQ10
  }
  const bends = new BendLog()

  // Run and overload
  const provenance = {
    modelVersion: model.version,
    get peakErrorCdeg() {
      return motion.taughtStrides > 0 ? TAUGHT_PEAK_ERROR_CDEG : model.peakErrorCdeg
    },
    measuredPeakErrorCdeg: MEASURED_PEAK_ERROR_CDEG,
    get calibrationVersion() {
      return motion.calibrated ? (calibrations.stored?.version ?? 0) : 0
    },
  }
  const overload = new Overload(settings)
  const recorder = new RunRecorder({
    settings,
    provenance,
    sink: {
      runStarted(run) {
        overload.runStarted(run.startMs)
        tell(DeviceEvent.runStarted, `run ${run.id}`)
        service.statusChanged()
      },
      strideCounted(stride, run) {
        const { compressions } = run.totals
        const reason = overload.stride(stride, compressions)
        // A motor that plays something else, or does not work, is not felt: then it is no buzz.
        if (reason === undefined || !haptics.play(OVERLOAD, overload.buzzes)) return
        overload.buzzed(reason, stride, compressions)
        recorder.buzzed(time.ticks, reason)
        tell(DeviceEvent.buzz, BUZZ_WORDS[reason])
        service.statusChanged()
      },
      runEnded(run) {
        keep(run)
        // What was taught has become finer meanwhile.
        if (run.measuredStrides > 0 && motion.taughtStrides > 0) storeWear(calibrations.stored?.version ?? 0)
      },
    },
  })

  function keep(run: Run): void {
    runs.add(run.id, encodeRunRecord(run, FIRMWARE_VERSION))
    tell(DeviceEvent.runEnded, `run ${run.id}: ${run.strides} strides, ${run.compressions} compressions`)
    service.statusChanged()
  }

  // Motor
  const haptics = new Haptics({ motor: board.motor, timer, settings, onFault: fault })

  // Battery
  let battery: Battery | undefined
  let batteryPercent = 0
  let batteryFailed = false
  function readBattery(): void {
    try {
      battery ??= new Battery(board.battery)
      const percent = lipoPercent(battery.readMv())
      batteryFailed = false
      if (percent === batteryPercent) return
      batteryPercent = percent
      service.batteryChanged()
    } catch (error) {
      if (!batteryFailed) fault(`battery: cannot be measured: ${said(error)}`)
      batteryFailed = true
    }
  }

  // Phone
  const service = new PatellaService({
    boardName: board.name,
    firmware: FIRMWARE_VERSION,
    runs,
    settings,
    bends: () => bends.list(),
    status() {
      const calibrationVersion = provenance.calibrationVersion
      const sensorState = SENSOR_STATES[imu?.state ?? ImuState.starting]
      let flags = motion.calibrated ? StatusFlag.calibrated : 0
      if (recorder.live) flags |= StatusFlag.runOpen
      if (sensorState === SensorState.measuring) flags |= StatusFlag.sensorOk
      if (batteryPercent < BATTERY_LOW_PERCENT) flags |= StatusFlag.batteryLow
      if (settings.note) flags |= StatusFlag.settingsReset
      if (calibrations.note && !motion.calibrated) flags |= StatusFlag.calibrationLost
      if (motion.calibrated && motion.mountQuality !== MountQuality.bends) flags |= StatusFlag.provisional
      if (hasStrapShifted) flags |= StatusFlag.strapShifted
      const leg = settings.values.leg || motion.leg
      if (leg === Leg.left) flags |= StatusFlag.leftLeg
      if (leg === Leg.right) flags |= StatusFlag.rightLeg
      if (shankImu?.state === ImuState.ok) flags |= StatusFlag.shankMeasuring
      else if (shankSeen) flags |= StatusFlag.shankLost
      if (motion.taughtStrides > 0) flags |= StatusFlag.taught
      return {
        flags,
        sensorState,
        activity: motion.activity,
        batteryPercent,
        faults,
        uptimeMs: time.ticks,
        modelVersion: model.version,
        calibrationVersion,
        calibrationAgeMin:
          calibratedAtMs === undefined
            ? AGE_UNKNOWN_MIN
            : Math.floor((time.ticks - calibratedAtMs) / MS_PER_MIN),
      }
    },
    command(code) {
      if (code === CommandCode.findMe) return haptics.play(FIND_ME)
      if (code === CommandCode.testBuzz) return haptics.play(OVERLOAD)
      if (code === CommandCode.closeRun) recorder.close()
      if (code === CommandCode.calibrate) forgetCalibration()
      service.statusChanged()
      return true
    },
    phoneConnected: () => tell(DeviceEvent.phoneConnected, ""),
  })

  // Sensor to motion
  let seen = 0
  let clipped = 0
  function handle(events: number): void {
    if (events & MotionEvent.stride) recorder.stride(motion.stride)
    if (events & MotionEvent.bend) {
      bends.add(motion.bend.timeMs, motion.bend.peakCdeg)
      tell(DeviceEvent.bend, `${Math.round(motion.bend.peakCdeg / 100)}°`)
    }
    if (events & MotionEvent.calibrated) calibrated()
    else if (events & MotionEvent.refined) storeWear(calibrations.stored?.version ?? 0)
    if (events & MotionEvent.shifted) strapShifted()
    if (events & MotionEvent.taught) taught()
    if (events & MotionEvent.calibrated) while (motion.behind > 0) handle(motion.stepBacklog())
  }
  function bridge(lost: number): void {
    recorder.quality.gap(lost)
    if (motion.bridge(lost)) for (let index = 0; index < lost; index++) handle(motion.repeat())
  }
  function calibrated(): void {
    const isFromBends = motion.mountQuality === MountQuality.bends
    if (isFromBends) {
      hasStrapShifted = false
      const heldCdeg = settings.values.heldBendDeg * 100
      const isHeld = heldCdeg > 0 && motion.learnHeldBend(heldCdeg)
      if (isHeld)
        tell(DeviceEvent.taught, `knee bends are measured by the one held at ${settings.values.heldBendDeg}°`)
      // Measured anew, by the mount that they made.
      for (let index = 0; index < motion.calibrationBends; index++) {
        motion.readCalibrationBend(index)
        if (index === 0) bends.dropFrom(motion.bend.timeMs - BEND_MATCH_MS)
        bends.add(motion.bend.timeMs, motion.bend.peakCdeg)
      }
    }
    calibratedAtMs = time.ticks
    haptics.play(isFromBends ? CALIBRATION_DONE : CALIBRATION_PROVISIONAL)
    tell(DeviceEvent.calibrated, isFromBends ? `from ${motion.calibrationBends} knee bends` : "from gait")
    storeWear(nextVersion())
    service.statusChanged()
  }
  function taught(): void {
    const offsetDeg = Math.round(motion.wearer.peakOffsetCdeg / 10) / 10
    tell(DeviceEvent.taught, `the estimate is ${offsetDeg}° short on this knee`)
    storeWear(calibrations.stored?.version ?? 0)
    service.statusChanged()
  }
  /** The mount was turned along: what is measured from here on is measured by another. */
  function strapShifted(): void {
    hasStrapShifted = true
    recorder.quality.strapShift()
    storeWear(nextVersion())
    haptics.play(STRAP_SHIFTED)
    tell(DeviceEvent.strapShifted, "the strap slipped")
    service.statusChanged()
  }
  function nextVersion(): number {
    return ((calibrations.stored?.version ?? 0) + 1) & 0xffff
  }
  /** What runs so far were measured with ends here; the version goes on counting. */
  function forgetCalibration(): void {
    recorder.close()
    motion.recalibrate()
    motion.teach(0, 0)
    motion.wearer.bendSlopeQ10 = model.bendSlopeQ10
    calibratedAtMs = undefined
    storeCalibration(calibrations.stored?.version ?? 0, new ArrayBuffer(0))
  }
  function storeWear(version: number): void {
    const { mount, mountQuality: quality, leg, wearer, taughtStrides: strides } = motion
    const thigh = motion.calibrated ? { mount, quality, leg } : undefined
    const taught = { peakOffsetCdeg: wearer.peakOffsetCdeg, strides }
    storeCalibration(version, encodeWear({ thigh, taught, bendSlopeQ10: wearer.bendSlopeQ10 }))
  }
  function storeCalibration(version: number, mount: ArrayBuffer): void {
    try {
      calibrations.save(version, mount)
      hasStoreFailed = false
    } catch (error) {
      if (!hasStoreFailed) fault(`calibration: cannot be stored, it is lost with the power: ${said(error)}`)
      hasStoreFailed = true
    }
  }
  imu = new ImuWatch({
    wiring: board.thigh,
    timer,
    time,
    consumer: {
      beginBatch(firstMs, periodUs, _count, lost) {
        shankImu?.fetch()
        recorder.quality.samples(motion.samples - seen, motion.clipped - clipped)
        if (lost > 0) bridge(lost)
        seen = motion.samples
        clipped = motion.clipped
        motion.thresholdCdeg = recorder.thresholdCdeg
        motion.beginBatch(firstMs, periodUs)
      },
      step: motion.step,
      happened: handle,
    },
    onState(state, detail) {
      if (state === ImuState.ok) tell(DeviceEvent.sensor, "measuring")
      else if (state !== ImuState.starting) {
        fault(detail)
        if (wellTicks >= WELL_TICKS) haptics.play(ERROR)
        wellTicks = 0
      }
      service.statusChanged()
    },
  })

  // The second sensor, below the knee
  if (board.shank && shank)
    shankImu = new ImuWatch({
      wiring: board.shank,
      timer,
      time,
      batch: SHANK_BATCH,
      consumer: {
        beginBatch(firstMs, trackedUs, _count, lost) {
          if (lost > SHANK_REPEATED_SAMPLES) shank.gap(lost)
          else for (let index = 0; index < lost; index++) shank.repeat()
          shank.beginBatch(firstMs, trackedUs)
        },
        step: shank.step,
      },
      onState(state, detail) {
        if (state === ImuState.ok) tell(DeviceEvent.shank, "measuring: two sensors")
        else if (state === ImuState.starting) return
        // One that was never there is not missed.
        else if (shankSeen) {
          tell(DeviceEvent.shank, "silent: going on with one sensor")
          fault(detail)
        }
        if (state === ImuState.ok) shankSeen = true
        service.statusChanged()
      },
    })

  service.open(board.gatt)

  // Clock
  let ticks = 0
  let activity: number = motion.activity
  let serviceFaults = 0
  const ticker = timer.repeat(() => {
    recorder.tick(time.ticks)
    if (imu?.state === ImuState.ok) wellTicks++
    if (motion.activity !== activity) {
      activity = motion.activity
      service.statusChanged()
    }
    if (service.faults !== serviceFaults) {
      serviceFaults = service.faults
      tell(DeviceEvent.fault, `Bluetooth: ${service.lastFault}`)
    }
    if (++ticks % BATTERY_EVERY_TICKS === 0) readBattery()
  }, TICK_MS)
  readBattery()
  if (settings.note) fault(settings.note)
  if (calibrations.note) fault(calibrations.note)
  tell(DeviceEvent.ready, `${board.name}, firmware ${FIRMWARE_VERSION}, flexion model ${model.version}`)

  return {
    close() {
      timer.clear(ticker)
      recorder.close()
      imu?.close()
      shankImu?.close()
      haptics.close()
      battery?.close()
      service.close()
      settings.close()
      calibrations.close()
    },
  }
}
