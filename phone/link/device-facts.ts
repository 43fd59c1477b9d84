/** What a phone reads of a device when it has come to it, and its clock, which it sets where that is due. */
import { StatusFlag } from "../../src/ble/layouts"
import type { DeviceClient, Identity, Status } from "./device-client"
import type { Clock, DeviceFacts, DeviceKeeper, LinkDevice } from "./link-state"

const MS_PER_S = 1000
const MINUTES_PER_QUARTER = 15
/** The device tells whole seconds, and a request takes its time. */
const CLOCK_TOLERANCE_S = 2
const HEX = 16

export interface DeviceReading {
  readonly device: LinkDevice
  readonly status: Status
  readonly settings: Readonly<Record<string, number>>
}

/** Reads the device, sets its clock and keeps what it is. @throws what the client and the keeper throw */
export async function readDevice(
  client: DeviceClient,
  keeper: Pick<DeviceKeeper, "devices" | "keepDevice">,
  clock: Clock,
): Promise<DeviceReading> {
  const identity = await client.identity()
  await setClock(client, identity, clock)
  const status = await client.status()
  const settings = await client.settings()
  const { firmware, model } = await client.deviceInformation()
  const id = deviceIdOf(identity)
  const kept = (await keeper.devices()).find((device) => device.id === id)
  const facts: DeviceFacts = {
    id,
    name: await client.deviceName(),
    side: sideOf(status) ?? kept?.side ?? "unknown",
    firmware,
    board: model,
    seenMs: clock.nowMs(),
  }
  await keeper.keepDevice(facts)
  return { device: { ...facts, ...batteryOf(status) }, status, settings }
}

export function batteryOf({
  batteryPercent,
  flags,
}: Status): Pick<LinkDevice, "batteryPercent" | "isCharging"> {
  return { batteryPercent, isCharging: (flags & StatusFlag.charging) !== 0 }
}

/** Once in a boot, and again when it is off or the wearer has come to another zone. */
async function setClock(client: DeviceClient, identity: Identity, clock: Clock): Promise<void> {
  const nowMs = clock.nowMs()
  const unixS = Math.round(nowMs / MS_PER_S)
  const zoneQuarters = Math.round(clock.zoneMinutes(nowMs) / MINUTES_PER_QUARTER)
  const isRight =
    Math.abs(identity.unixS - unixS) <= CLOCK_TOLERANCE_S && identity.zoneQuarters === zoneQuarters
  if (!isRight) await client.setClock(unixS, zoneQuarters)
}

function deviceIdOf({ deviceId }: Identity): string {
  return deviceId.map((byte) => byte.toString(HEX).padStart(2, "0")).join("")
}

/** Undefined while the device does not know. */
function sideOf({ flags }: Status): "left" | "right" | undefined {
  if ((flags & StatusFlag.leftLeg) !== 0) return "left"
  return (flags & StatusFlag.rightLeg) !== 0 ? "right" : undefined
}
