/** How the update characteristic is answered: what a phone writes, checked before anything changes, and how far the update is. */
import type { DeviceModel } from "./device-model"
import { encode, rowBytes } from "./fields"
import { AttError, VALUE_LIMIT_BYTES } from "./profile"
import {
  UPDATE_ABORT,
  UPDATE_BEGIN,
  UPDATE_DATA,
  UPDATE_FINISH,
  UPDATE_STATUS,
  UpdateRequest,
} from "./update-layouts"
import { parseWrite } from "./written-values"

/** Opcode and handle of a write (core specification 5.4, volume 3, part F, 3.4.5.1). */
const WRITE_HEADER_BYTES = 3
const DATA_HEAD_BYTES = rowBytes(UPDATE_DATA.head)

export function readUpdate(device: DeviceModel, mtu: number): Uint8Array {
  const dataBytes = Math.min(mtu - WRITE_HEADER_BYTES, VALUE_LIMIT_BYTES) - DATA_HEAD_BYTES
  return encode(UPDATE_STATUS, { ...device.updateStatus(), dataBytes })
}

/** @returns 0, or the ATT error code that refuses it */
export function writeUpdate(device: DeviceModel, value: Uint8Array): number {
  switch (value[0]) {
    case undefined:
      return AttError.invalidLength.code
    case UpdateRequest.begin:
      return begin(device, value)
    case UpdateRequest.data:
      return data(device, value)
    case UpdateRequest.finish:
      return plain(UPDATE_FINISH, value) ?? answer(device.finishUpdate())
    case UpdateRequest.abort:
      return plain(UPDATE_ABORT, value) ?? answer(device.abortUpdate())
    default:
      return AttError.valueNotAllowed.code
  }
}

function begin(device: DeviceModel, value: Uint8Array): number {
  const offer = parseWrite(UPDATE_BEGIN, value)
  return typeof offer === "number" ? offer : answer(device.beginUpdate(offer))
}

/** Thousands of them make an update: no objects. */
function data(device: DeviceModel, value: Uint8Array): number {
  if (value.length <= DATA_HEAD_BYTES) return AttError.invalidLength.code
  const low = (value[1] as number) | ((value[2] as number) << 8)
  const offset = low | ((value[3] as number) << 16) | ((value[4] as number) << 24)
  return answer(device.receiveUpdate(value, DATA_HEAD_BYTES, offset))
}

/** The ATT error code that refuses a request without operands; undefined when it is one. */
function plain(layout: typeof UPDATE_FINISH | typeof UPDATE_ABORT, value: Uint8Array): number | undefined {
  return value.length === rowBytes(layout.head) ? undefined : AttError.invalidLength.code
}

function answer(isDone: boolean): number {
  return isDone ? 0 : AttError.notPossibleNow.code
}
