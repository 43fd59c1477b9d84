/** Everything that is kept, as the text of a file: some runs at a time, so that ten years of them need not be in memory at once. */
import { headText, runText, TAIL_TEXT } from "./backup-file"
import { PREFERENCES_KEY } from "./database"
import type { Reading } from "./transaction"

const RUNS_AT_ONCE = 100

/** One moment's content, whatever is written meanwhile. @param progress is told the share of the runs */
export async function backupOf(transaction: Reading, progress?: (share: number) => void): Promise<Blob> {
  const runs = transaction.objectStore("runs")
  const [devices, scores, coach, preferences, total] = await Promise.all([
    transaction.objectStore("devices").getAll(),
    transaction.objectStore("scores").getAll(),
    transaction.objectStore("coach").getAll(),
    transaction.objectStore("preferences").get(PREFERENCES_KEY),
    runs.count(),
  ])
  const parts: BlobPart[] = [headText({ devices, scores, coach, preferences })]
  let done = 0
  for (let range: IDBKeyRange | undefined; done < total; ) {
    const some = await runs.getAll(range, RUNS_AT_ONCE)
    const last = some.at(-1)
    if (!last) break
    // Handed to the browser at once, which may put it on disk.
    parts.push(new Blob(some.map((run, at) => runText(run, done + at === 0))))
    done += some.length
    range = IDBKeyRange.lowerBound(last.key, true)
    progress?.(done / total)
  }
  return new Blob([...parts, TAIL_TEXT], { type: "application/json" })
}
