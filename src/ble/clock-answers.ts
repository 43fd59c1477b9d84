/** What the service answers of boot and time: the identity, and the Current Time service, which the phone writes too. */
import { clockRefused } from "../storage/boot-record"
import { CURRENT_TIME, currentTimeOf, LOCAL_TIME, localTimeOf, unixSOf, zoneQuartersOf } from "./current-time"
import type { DeviceModel } from "./device-model"
import { encode } from "./fields"
import { IDENTITY } from "./layouts"
import { AttError } from "./profile"
import { parseWrite } from "./written-values"

export function readIdentity(device: DeviceModel): Uint8Array {
  return encode(IDENTITY, device.identity())
}

export function readCurrentTime(device: DeviceModel): Uint8Array {
  const { unixS, zoneQuarters } = device.identity()
  return encode(CURRENT_TIME, currentTimeOf(unixS, zoneQuarters))
}

/** By the zone that was told last, in this boot or before it; UTC when none ever was. */
export function writeCurrentTime(device: DeviceModel, value: Uint8Array): number {
  const wanted = parseWrite(CURRENT_TIME, value)
  if (typeof wanted === "number") return wanted
  const zoneQuarters = device.zoneQuarters ?? 0
  const unixS = unixSOf(wanted, zoneQuarters)
  if (unixS === undefined || clockRefused(unixS, zoneQuarters) !== undefined)
    return AttError.valueNotAllowed.code
  device.setClock(unixS, zoneQuarters)
  return 0
}

export function readLocalTime(device: DeviceModel): Uint8Array {
  return encode(LOCAL_TIME, localTimeOf(device.zoneQuarters))
}

export function writeLocalTime(device: DeviceModel, value: Uint8Array): number {
  const wanted = parseWrite(LOCAL_TIME, value)
  if (typeof wanted === "number") return wanted
  const zoneQuarters = zoneQuartersOf(wanted)
  if (zoneQuarters === undefined) return AttError.valueNotAllowed.code
  device.setZone(zoneQuarters)
  return 0
}
