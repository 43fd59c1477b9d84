/** Entries of the coach as they come, from a device or a backup. */
import type { KeptCoachEntry } from "./kept"
import { mergedCoachEntry } from "./merge"
import type { Writing } from "./transaction"

/** One that is here stays as it is, but for what is learnt of its time. @returns whether anything is new */
export async function keepCoachEntries(
  transaction: Writing,
  entries: readonly KeptCoachEntry[],
): Promise<boolean> {
  const store = transaction.objectStore("coach")
  let isNew = false
  for (const entry of entries) {
    const here = await store.get(entry.key)
    const merged = here ? mergedCoachEntry(here, entry) : entry
    if (here && isSame(here, merged)) continue
    await store.put(merged)
    isNew = true
  }
  return isNew
}

function isSame(one: KeptCoachEntry, other: KeptCoachEntry): boolean {
  return (
    one.end.unixS === other.end.unixS &&
    one.end.zoneQuarters === other.end.zoneQuarters &&
    one.receivedMs === other.receivedMs
  )
}
