/** What the page in Chromium offers to the test: the app's own data, and phones to keep them on. */
import type { KeptRun } from "../../../phone/data/kept"
import { openData } from "../../../phone/data/open-data"
import { DEVICE, recorded } from "./recorded"
import { makeVersionOne } from "./version-one"

const DAY_S = 86_400
const FIRST_UNIX_S = 1_400_000_000
/** An hour's run, as its time line tells. */
const HOUR_BLOCKS = 60

/** A run a day. */
function dailyRuns(
  days: number,
  blocks = HOUR_BLOCKS,
  deviceId = DEVICE,
  firstUnixS = FIRST_UNIX_S,
): KeptRun[] {
  return Array.from({ length: days }, (_, at) => {
    const start = { unixS: firstUnixS + at * DAY_S, zoneQuarters: 4 }
    return recorded({ deviceId, runId: at + 1, start, blocks })
  })
}

/** The numbers of runs that a window shows, as it is told of changes. */
async function watch(changes: number): Promise<number[]> {
  const data = await openData()
  const counts: number[] = []
  return new Promise((resolve) => {
    data.onChange(async () => {
      counts.push((await data.digests()).length)
      if (counts.length === changes) resolve(counts)
    })
    Object.assign(globalThis, { isWatching: true })
  })
}

const page = { openData, makeVersionOne, dailyRuns, watch }
export type DataPage = typeof page

Object.assign(globalThis, { page })
