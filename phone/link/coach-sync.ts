/** Fetches the device's coach log, dates its entries and has them kept. */
import { type CoachFacts, type CoachLogEntry, coachKey } from "./coach-store"
import type { DeviceClient, Identity } from "./device-client"
import type { Clock, DeviceKeeper } from "./link-state"
import type { RunStart } from "./run-store"

const MS_PER_S = 1000

/** A device without a coach has none. @throws what the client and the keeper throw when the link is lost, the log is not of this form, or nothing can be kept */
export async function syncCoachLog(
  client: DeviceClient,
  deviceId: string,
  keeper: Pick<DeviceKeeper, "keepCoachEntries">,
  clock: Clock,
): Promise<void> {
  const entries = await entriesOf(client)
  if (entries.length === 0) return
  const identity = await client.identity()
  const receivedMs = clock.nowMs()
  const facts = entries.map((told): CoachFacts => {
    const { unixS: _, zoneQuarters: __, ...entry } = told
    return { key: coachKey(deviceId, entry), deviceId, entry, end: endOf(told, identity), receivedMs }
  })
  await keeper.keepCoachEntries(facts)
}

async function entriesOf(client: DeviceClient): Promise<readonly CoachLogEntry[]> {
  try {
    return (await client.coachLog()).entries
  } catch (error) {
    // Firmware before the coach has no such value, and the runs come all the same.
    if (!client.transport.connected || error instanceof RangeError) throw error
    return []
  }
}

/** By the device's clock where it learnt the time later in the same boot; 0 where nobody knows. */
function endOf(entry: CoachLogEntry, identity: Identity): RunStart {
  const { unixS, zoneQuarters, bootId, endMs } = entry
  if (unixS !== 0) return { unixS, zoneQuarters }
  if (bootId !== identity.bootId || identity.unixS === 0) return { unixS: 0, zoneQuarters: 0 }
  // Times since boot wrap.
  const agoS = ((identity.uptimeMs - endMs) >>> 0) / MS_PER_S
  return { unixS: Math.round(identity.unixS - agoS), zoneQuarters: identity.zoneQuarters }
}
