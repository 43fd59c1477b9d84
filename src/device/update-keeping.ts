/**
 * Update over the air, as the device takes part in it: asks the wearer, holds back while it records, and puts a new firmware on trial. The work on the
 * image is src/update's.
 */

import type { DeviceUpdateStatus } from "../ble/device-model"
import { Problem } from "../ble/layouts"
import { UpdateRefusal, UpdateState } from "../ble/update-layouts"
import { ImuState } from "../drivers/imu-watch"
import { canKeep } from "../storage/kept-value"
import { FirmwareUpdate, type ImageOffer } from "../update/firmware-update"
import { Trial, Verdict } from "../update/trial"
import { DeviceEvent } from "./device-log"
import type { DeviceParts } from "./device-parts"
import { Asked, ask } from "./question"

/** Above it an update may begin; on a supply it always may. */
const BATTERY_PERCENT = 30

/** Of a device that has just started. */
export function takeUpUpdate(parts: DeviceParts): void {
  const { board, log, time } = parts
  const { update: slots } = board
  if (!slots) return
  if (slots.wasRolledBack) log.problem(Problem.rolledBack, true)
  if (slots.isOnTrial) parts.trial = new Trial(time.ticks)
}

/** The device must not sleep: an update is on its way, or a new firmware has to show that it is well. */
export function isUpdating({ trial, update }: DeviceParts): boolean {
  return trial !== undefined || update?.isActive === true
}

export function updateStatus({ board, trial, update }: DeviceParts): DeviceUpdateStatus {
  return {
    state: trial ? UpdateState.onTrial : (update?.state ?? UpdateState.idle),
    reason: update?.reason ?? UpdateRefusal.none,
    slotBytes: board.update?.slotBytes ?? 0,
    byteLength: update?.byteLength ?? 0,
    crc: update?.crc ?? 0,
    offset: update?.offset ?? 0,
  }
}

/** @returns false when one is past return */
export function beginUpdate(parts: DeviceParts, offer: ImageOffer): boolean {
  const { update: held, time } = parts
  if (held?.isPastReturn) return false
  if (held?.isOf(offer)) return true
  held?.close()
  const update = new FirmwareUpdate(offer, time.ticks)
  parts.update = update
  const reason = refusalOf(parts, offer)
  if (reason !== UpdateRefusal.none) update.refuse(reason, time.ticks)
  else if (!ask(parts, Asked.update)) update.refuse(UpdateRefusal.cannotAsk, time.ticks)
  tell(parts, update)
  return true
}

/** The wearer said yes. */
export function acceptUpdate(parts: DeviceParts): void {
  const { board, update, time } = parts
  if (!board.update || update?.state !== UpdateState.asked) return
  update.accept(board.update, time.ticks)
  tell(parts, update)
}

/** @returns false when they are not what comes next */
export function receiveUpdate(parts: DeviceParts, value: Uint8Array, from: number, offset: number): boolean {
  const { board, update, time } = parts
  if (!board.update || !update?.receive(board.update, value, from, offset, time.ticks)) return false
  if (!update.isActive) tell(parts, update)
  return true
}

/** @returns false when not all was received */
export function finishUpdate(parts: DeviceParts): boolean {
  const { update, time } = parts
  if (!update?.finish(time.ticks)) return false
  tell(parts, update)
  return true
}

/** @returns false when there is none, or it is past return */
export function abortUpdate(parts: DeviceParts): boolean {
  const { update, time } = parts
  if (!update?.isActive || update.isPastReturn) return false
  if (parts.question?.asked === Asked.update) parts.question = undefined
  update.refuse(UpdateRefusal.aborted, time.ticks)
  tell(parts, update)
  return true
}

/** Once a second, after questions have lapsed. @returns whether the device is to start anew, now */
export function tickUpdate(parts: DeviceParts, isBluetoothUp: boolean): boolean {
  const { trial, update, recorder, time } = parts
  if (trial) return isTrialLost(parts, trial, isBluetoothUp)
  if (!update) return false
  const nowMs = time.ticks
  const before = update.state
  // Of the image nothing is switched to yet: recording comes first, and nothing of it is to wait for flash.
  if (recorder.live && update.isActive && before !== UpdateState.ready)
    update.refuse(UpdateRefusal.runOpen, nowMs)
  else if (before === UpdateState.asked && parts.question?.asked !== Asked.update)
    update.refuse(UpdateRefusal.notPressed, nowMs)
  update.tick(nowMs)
  if (update.state !== before) tell(parts, update)
  if (update.isOver(nowMs)) parts.update = undefined
  return update.isRestartDue(nowMs) && !recorder.live
}

function refusalOf(
  { board, trial, battery, recorder }: DeviceParts,
  { byteLength }: ImageOffer,
): UpdateRefusal {
  if (!board.update) return UpdateRefusal.noSlots
  if (trial) return UpdateRefusal.onTrial
  if (battery.percent <= BATTERY_PERCENT && !battery.isCharging) return UpdateRefusal.batteryLow
  if (recorder.live) return UpdateRefusal.runOpen
  if (byteLength > board.update.slotBytes) return UpdateRefusal.tooLarge
  // Nobody can say yes without a button.
  return board.button ? UpdateRefusal.none : UpdateRefusal.cannotAsk
}

function isTrialLost(parts: DeviceParts, trial: Trial, isBluetoothUp: boolean): boolean {
  const { board, thigh, runs, time, log } = parts
  const isWell = isBluetoothUp && thigh.state === ImuState.ok && runs.isWorking
  let verdict = trial.judge(isWell, time.ticks)
  try {
    if (verdict === Verdict.good && canKeep(board.keyValue)) {
      board.update?.confirm()
      parts.trial = undefined
      log.tell(DeviceEvent.update, "the new firmware is confirmed")
      return false
    }
  } catch (error) {
    log.fault("storage", "the new firmware cannot be confirmed", error)
    verdict = Verdict.bad
  }
  if (verdict === Verdict.open) return false
  log.tell(DeviceEvent.update, "the new firmware is not well: back to the one before")
  return true
}

function tell({ log }: DeviceParts, { state, reason, version }: FirmwareUpdate): void {
  const why = reason === UpdateRefusal.none ? "" : `: ${nameOf(UpdateRefusal, reason)}`
  log.tell(DeviceEvent.update, `${version}, ${nameOf(UpdateState, state)}${why}`)
}

function nameOf(codes: Readonly<Record<string, number>>, code: number): string {
  for (const name in codes) if (codes[name] === code) return name
  return ""
}
