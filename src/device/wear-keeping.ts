/**
 * How the device is worn, kept over power loss: the calibration, what this knee was taught, and the version that every run carries. Told
 * by the thigh's sensor what motion found; tells the wearer with the motor.
 */

import { Problem } from "../ble/layouts"
import type { Haptics } from "../haptics/haptics"
import { CALIBRATION_DONE, CALIBRATION_PROVISIONAL, STRAP_SHIFTED } from "../haptics/patterns"
import type { TimeService } from "../io"
import type { FlexionModel } from "../motion/flexion-model"
import { MEASURED_PEAK_ERROR_CDEG } from "../motion/measured-knee"
import type { Motion } from "../motion/motion"
import { MountQuality } from "../motion/mount-upkeep"
import { TAUGHT_PEAK_ERROR_CDEG } from "../motion/teaching"
import { decodeWear, encodeWear } from "../motion/wear-record"
import type { BendLog } from "../run/bend-log"
import type { Provenance } from "../run/summary"
import type { CalibrationStore } from "../storage/calibration-store"
import type { SettingsStore } from "../storage/settings"
import { DeviceEvent, type DeviceLog } from "./device-log"

const MS_PER_MIN = 60_000
const CDEG_PER_DEG = 100
/** Offsets are told in tenths of a degree. */
const CDEG_PER_TENTH = 10
const TENTHS = 10
const VERSION_MASK = 0xffff
/** A bend that was told already and is now measured anew ends within this of it. */
const BEND_MATCH_MS = 1000

export interface WearOptions {
  motion: Motion
  model: FlexionModel
  calibrations: CalibrationStore
  settings: SettingsStore
  bends: BendLog
  haptics: Haptics
  time: TimeService
  log: DeviceLog
}

export class WearKeeping implements Provenance {
  /** Since the last knee bends. */
  hasStrapShifted = false
  /** The mount is known better than what is stored: keep(), between bouts. */
  isFiner = false
  readonly measuredPeakErrorCdeg = MEASURED_PEAK_ERROR_CDEG
  private readonly parts: WearOptions
  private calibratedAtMs: number | undefined
  private hasStoreFailed = false

  /** Takes up what was stored. */
  constructor(parts: WearOptions) {
    this.parts = parts
    const { motion, calibrations } = parts
    const blob = calibrations.stored?.blob
    // One that was forgotten left no bytes.
    if (!blob || blob.byteLength === 0) return
    const stored = decodeWear(blob)
    if (!stored) {
      calibrations.note = "stored calibration: not one that this firmware can read; calibrate again"
      return
    }
    const { thigh, taught, bendSlopeQ10 } = stored
    if (thigh) motion.restore(thigh.mount, thigh.quality, thigh.leg)
    motion.teach(taught.peakOffsetCdeg, taught.strides)
    motion.wearer.bendSlopeQ10 = bendSlopeQ10
  }

  get modelVersion(): number {
    return this.parts.model.version
  }
  get peakErrorCdeg(): number {
    const { motion, model } = this.parts
    return motion.taughtStrides > 0 ? TAUGHT_PEAK_ERROR_CDEG : model.peakErrorCdeg
  }
  get calibrationVersion(): number {
    return this.parts.motion.calibrated ? this.version : 0
  }
  /** Undefined while it is not known. */
  get calibrationAgeMin(): number | undefined {
    if (this.calibratedAtMs === undefined) return undefined
    return Math.floor((this.parts.time.ticks - this.calibratedAtMs) / MS_PER_MIN)
  }

  calibrated(): void {
    const { motion, haptics, time, log } = this.parts
    const isFromBends = motion.mountQuality === MountQuality.bends
    if (isFromBends) this.takeBends()
    this.calibratedAtMs = time.ticks
    haptics.play(isFromBends ? CALIBRATION_DONE : CALIBRATION_PROVISIONAL)
    log.tell(DeviceEvent.calibrated, isFromBends ? `from ${motion.calibrationBends} knee bends` : "from gait")
    this.store(this.nextVersion())
    log.changed()
  }

  taught(): void {
    const { motion, log } = this.parts
    const offsetDeg = Math.round(motion.wearer.peakOffsetCdeg / CDEG_PER_TENTH) / TENTHS
    log.tell(DeviceEvent.taught, `the estimate is ${offsetDeg}° short on this knee`)
    this.keep()
    log.changed()
  }

  /** The mount was turned along: what is measured from here on is measured by another. */
  strapShifted(): void {
    const { haptics, log } = this.parts
    this.hasStrapShifted = true
    this.store(this.nextVersion())
    haptics.play(STRAP_SHIFTED)
    log.tell(DeviceEvent.strapShifted, "the strap slipped")
    log.changed()
  }

  /** What is known of the wear has become finer. */
  keep(): void {
    this.store(this.version)
  }

  /** The version goes on counting. @returns whether it is forgotten over power loss too */
  forget(): boolean {
    const { motion, model } = this.parts
    motion.recalibrate()
    motion.teach(0, 0)
    motion.wearer.bendSlopeQ10 = model.bendSlopeQ10
    this.calibratedAtMs = undefined
    return this.save(this.version, new ArrayBuffer(0))
  }

  /** The bends that calibrated, measured anew by the mount that they made. */
  private takeBends(): void {
    const { motion, settings, bends, log } = this.parts
    const { heldBendDeg } = settings.values
    this.hasStrapShifted = false
    if (heldBendDeg > 0 && motion.learnHeldBend(heldBendDeg * CDEG_PER_DEG))
      log.tell(DeviceEvent.taught, `knee bends are measured by the one held at ${heldBendDeg}°`)
    for (let index = 0; index < motion.calibrationBends; index++) {
      motion.readCalibrationBend(index)
      if (index === 0) bends.dropFrom(motion.bend.timeMs - BEND_MATCH_MS)
      bends.add(motion.bend.timeMs, motion.bend.peakCdeg)
    }
  }

  private get version(): number {
    return this.parts.calibrations.version
  }
  private nextVersion(): number {
    return (this.version + 1) & VERSION_MASK
  }

  private store(version: number): void {
    const {
      calibrated,
      mount,
      mountQuality: quality,
      leg,
      wearer,
      taughtStrides: strides,
    } = this.parts.motion
    const thigh = calibrated ? { mount, quality, leg } : undefined
    const taught = { peakOffsetCdeg: wearer.peakOffsetCdeg, strides }
    this.save(version, encodeWear({ thigh, taught, bendSlopeQ10: wearer.bendSlopeQ10 }))
  }

  private save(version: number, wear: ArrayBuffer): boolean {
    const { calibrations, log } = this.parts
    this.isFiner = false
    try {
      calibrations.save(version, wear)
      this.hasStoreFailed = false
      log.problem(Problem.keyValue, false)
      return true
    } catch (error) {
      if (!this.hasStoreFailed)
        log.fault("storage", "calibration: cannot be stored, it is lost with the power", error)
      this.hasStoreFailed = true
      log.problem(Problem.keyValue, true)
      return false
    }
  }
}
