/** All cuts, or a sample of them, in as many processes as there are cores. */
import { fork } from "node:child_process"
import { availableParallelism } from "node:os"
import { fileURLToPath } from "node:url"
import { addCuts, type CutResult, noCuts } from "./result"
import type { News, Share } from "./worker"

const WORKER = fileURLToPath(new URL("worker.ts", import.meta.url))

/** @param progress is told how many of the scenario's cuts are made. @throws Error when a process ends before its time */
export async function runCuts(
  sample: number,
  progress: (made: number, places: number) => void,
): Promise<CutResult> {
  const lanes = Math.min(availableParallelism(), Math.ceil(sample))
  const sum = noCuts()
  let made = 0
  const take = ({ places, result }: News) => {
    if (!result) return
    addCuts(sum, result)
    progress(++made, places)
  }
  await Promise.all(Array.from({ length: lanes }, (_, lane) => makeLane({ sample, lane, lanes }, take)))
  return sum
}

function makeLane(share: Share, take: (news: News) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = fork(WORKER, { execArgv: ["--import=tsx"] })
    let places = Number.POSITIVE_INFINITY
    let made = 0
    worker.on("message", (news: News) => {
      places = Math.ceil((news.places - share.lane) / share.lanes)
      if (news.result) made++
      take(news)
    })
    worker.on("error", reject)
    worker.on("exit", (code) => {
      if (code === 0 && made === places) resolve()
      else reject(new Error(`power cuts: a process ended with ${code} after ${made} of ${places} cuts`))
    })
    worker.send(share)
  })
}
