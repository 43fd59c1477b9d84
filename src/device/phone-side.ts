/** The device as the phone's service sees it: its status, its stores, and what it can be told to do. */

import { CoachOp } from "../ble/coach-layouts"
import {
  type DeviceModel,
  type DeviceStatus,
  type DeviceUpdateStatus,
  type LiveListener,
  PhoneEvent,
} from "../ble/device-model"
import { AGE_UNKNOWN_MIN, CommandCode, SensorState, StatusFlag } from "../ble/layouts"
import { CoachAnswer, CoachPhase, Readiness } from "../coach/routine"
import { constant } from "../constant"
import { ImuState } from "../drivers/imu-watch"
import { PAIRED } from "../haptics/patterns"
import { Leg } from "../motion/leg"
import { MountQuality } from "../motion/mount-upkeep"
import type { BendList } from "../run/summary"
import type { BondList } from "../storage/bond-list"
import { unixSAt } from "../storage/boot-record"
import type { FaultTotals } from "../storage/fault-counts"
import type { SettingsStore } from "../storage/settings"
import { FIRMWARE_VERSION } from "../version"
import { coachOf } from "./coach-side"
import { carryOut } from "./commands"
import { DeviceEvent } from "./device-log"
import type { Coach, DeviceParts } from "./device-parts"
import { LiveMeasurement, liveNow } from "./live-measurement"
import type { RunStorage } from "./run-storage"
import { SelfTest } from "./self-test"
import { abortUpdate, beginUpdate, finishUpdate, receiveUpdate, updateStatus } from "./update-keeping"

const SENSOR_STATES = constant({
  [ImuState.starting]: SensorState.searching,
  [ImuState.ok]: SensorState.measuring,
  [ImuState.absent]: SensorState.searching,
  [ImuState.wrongChip]: SensorState.searching,
  [ImuState.silent]: SensorState.stalled,
  [ImuState.faulty]: SensorState.searching,
} as const)

const PHONE_EVENTS = constant({
  [PhoneEvent.connected]: DeviceEvent.phoneConnected,
  [PhoneEvent.paired]: DeviceEvent.phonePaired,
  [PhoneEvent.refused]: DeviceEvent.phoneRefused,
} as const)

const NO_SELF_TEST: ReturnType<DeviceModel["selfTest"]> = constant({ tested: 0, failed: 0, atMs: 0 })

const NO_COACH: ReturnType<Coach["value"]> = constant({
  phase: CoachPhase.idle,
  routine: 0,
  step: 0,
  repeat: 0,
  stepMs: 0,
  depthCdeg: 0,
  answer: CoachAnswer.none,
  readiness: Readiness.unknown,
})

export class PhoneSide implements DeviceModel {
  private readonly parts: DeviceParts
  private lastSelfTest: SelfTest | undefined

  constructor(parts: DeviceParts) {
    this.parts = parts
  }

  get firmware(): string {
    return this.parts.board.firmware ?? FIRMWARE_VERSION
  }
  get boardName(): string {
    return this.parts.board.name
  }
  get runs(): RunStorage {
    return this.parts.runs
  }
  get settings(): SettingsStore {
    return this.parts.settings
  }
  get bonds(): BondList {
    return this.parts.bonds
  }

  bends(): BendList {
    return this.parts.bends.list()
  }

  live(): ReturnType<DeviceModel["live"]> {
    return liveNow(this.parts)
  }

  watchLive(listener: LiveListener | undefined, limitBytes: number): void {
    const parts = this.parts
    parts.live = listener && new LiveMeasurement(parts, listener, limitBytes)
    if (!parts.coach?.isWatching) parts.motion.listen(parts.live)
  }

  status(): DeviceStatus {
    const { motion, wear, thigh, battery, time, log } = this.parts
    const sensorState = SENSOR_STATES[thigh.state]
    return {
      flags: this.flags(sensorState),
      sensorState,
      activity: motion.activity,
      batteryPercent: battery.percent,
      faults: log.faults,
      uptimeMs: time.ticks,
      problems: log.problems,
      calibrationVersion: wear.calibrationVersion,
      calibrationAgeMin: wear.calibrationAgeMin ?? AGE_UNKNOWN_MIN,
    }
  }

  identity(): ReturnType<DeviceModel["identity"]> {
    const { boot, time, wear } = this.parts
    const { anchor, bootId, deviceId } = boot
    const uptimeMs = time.ticks
    const isAnchored = anchor?.bootId === bootId
    return {
      deviceId: Array.from(deviceId),
      bootId,
      uptimeMs,
      unixS: isAnchored ? unixSAt(anchor, uptimeMs) : 0,
      zoneQuarters: isAnchored ? anchor.zoneQuarters : 0,
      modelVersion: wear.modelVersion,
    }
  }

  get zoneQuarters(): number | undefined {
    return this.parts.boot.zoneQuarters
  }

  setClock(unixS: number, zoneQuarters: number): void {
    const { board, boot, runs, time } = this.parts
    boot.setClock(unixS, zoneQuarters, time.ticks, board.retained?.ms)
    runs.stamp(boot)
  }

  setZone(zoneQuarters: number): void {
    this.parts.boot.setZone(zoneQuarters)
  }

  faultCounts(): FaultTotals {
    return this.parts.log.counts.totals
  }

  selfTest(): ReturnType<DeviceModel["selfTest"]> {
    return this.lastSelfTest ?? NO_SELF_TEST
  }

  command(code: CommandCode): boolean {
    if (code !== CommandCode.selfTest) return carryOut(this.parts, code)
    this.lastSelfTest = new SelfTest(this.parts)
    return true
  }

  updateStatus(): DeviceUpdateStatus {
    return updateStatus(this.parts)
  }

  beginUpdate(offer: Parameters<DeviceModel["beginUpdate"]>[0]): boolean {
    return beginUpdate(this.parts, offer)
  }

  receiveUpdate(value: Uint8Array, from: number, offset: number): boolean {
    return receiveUpdate(this.parts, value, from, offset)
  }

  finishUpdate(): boolean {
    return finishUpdate(this.parts)
  }

  abortUpdate(): boolean {
    return abortUpdate(this.parts)
  }

  coach(): ReturnType<DeviceModel["coach"]> {
    return { ...(this.parts.coach?.value() ?? NO_COACH), sittingMin: this.parts.sitting?.satMin ?? 0 }
  }

  coachLog(): ReturnType<DeviceModel["coachLog"]> {
    return { entries: this.parts.coachLog.rows() }
  }

  askCoach(request: Parameters<DeviceModel["askCoach"]>[0]): boolean {
    const { sitting } = this.parts
    if (request.op === CoachOp.snooze) {
      sitting?.snooze()
      return true
    }
    return (
      coachOf(this.parts).request(request) || (request.op === CoachOp.pain && sitting?.painMarked() === true)
    )
  }

  nowMs(): number {
    return this.parts.time.ticks
  }

  phone(event: PhoneEvent): void {
    const { log, haptics } = this.parts
    if (event === PhoneEvent.paired) haptics.play(PAIRED)
    log.tell(PHONE_EVENTS[event], "")
    if (event === PhoneEvent.paired) log.changed()
  }

  private flags(sensorState: number): number {
    const { motion, recorder, wear, thigh, battery, settings, calibrations, boot, log } = this.parts
    const leg = settings.values.leg || motion.leg
    let flags = 0
    if (motion.calibrated) flags |= StatusFlag.calibrated
    if (recorder.live) flags |= StatusFlag.runOpen
    if (sensorState === SensorState.measuring) flags |= StatusFlag.sensorOk
    if (battery.isLow) flags |= StatusFlag.batteryLow
    if (battery.isCharging) flags |= StatusFlag.charging
    if (settings.note) flags |= StatusFlag.settingsReset
    if (calibrations.note && !motion.calibrated) flags |= StatusFlag.calibrationLost
    if (motion.calibrated && motion.mountQuality !== MountQuality.bends) flags |= StatusFlag.provisional
    if (wear.hasStrapShifted) flags |= StatusFlag.strapShifted
    if (leg === Leg.left) flags |= StatusFlag.leftLeg
    if (leg === Leg.right) flags |= StatusFlag.rightLeg
    if (thigh.shank?.isMeasuring) flags |= StatusFlag.shankMeasuring
    else if (thigh.shank?.wasSeen) flags |= StatusFlag.shankLost
    if (motion.taughtStrides > 0) flags |= StatusFlag.taught
    if (boot.note || log.counts.note) flags |= StatusFlag.countsReset
    return flags
  }
}
