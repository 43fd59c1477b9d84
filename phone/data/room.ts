/** Room for what is kept, and the browser's promise to keep it. A browser that does not tell is no failure. */
import type { CompanionData } from "./companion-data"

export async function roomHere(): Promise<Awaited<ReturnType<CompanionData["room"]>>> {
  const storage = storageHere()
  const [estimate, isPersisted] = await Promise.all([
    storage?.estimate?.().catch(() => undefined),
    storage?.persisted?.().catch(() => false),
  ])
  return {
    ...(estimate?.usage !== undefined && { usedBytes: estimate.usage }),
    ...(estimate?.quota !== undefined && { quotaBytes: estimate.quota }),
    isPersisted: isPersisted ?? false,
  }
}

/** Asks the browser not to delete it when the phone runs short of room. Some ask the wearer, so that it waits until there is a run. */
export async function askToPersist(): Promise<void> {
  const storage = storageHere()
  const isPersisted = await storage?.persisted?.().catch(() => false)
  if (!isPersisted) await storage?.persist?.().catch(() => false)
}

/** Not there outside https and localhost; older browsers have parts of it. */
function storageHere(): Partial<StorageManager> | undefined {
  return typeof navigator === "undefined" ? undefined : navigator.storage
}
