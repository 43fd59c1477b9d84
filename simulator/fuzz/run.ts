/** All operations: in V8 in as many processes as there are cores, each with a device of its own; in XS in one. */
import { fork } from "node:child_process"
import { availableParallelism } from "node:os"
import { fileURLToPath } from "node:url"
import { fuzzLane, type LaneOptions } from "./lane"
import { addResult, type FuzzResult, nothingTried } from "./result"
import type { News, Share } from "./worker"

const WORKER = fileURLToPath(new URL("worker.ts", import.meta.url))

/** @throws Error when a process ends before its time, or a device cannot be booted */
export async function fuzz(options: LaneOptions): Promise<FuzzResult> {
  const { engine, operations, seed, path, tell } = options
  if (engine === "xs" || path !== undefined) return fuzzLane(options)
  const lanes = availableParallelism()
  const done = new Array<number>(lanes).fill(0)
  const sum = nothingTried()
  const results = await Promise.all(
    done.map((_, lane) =>
      runLane({ operations: Math.ceil(operations / lanes), seed: seed + lane }, (now) => {
        done[lane] = now
        tell?.(done.reduce((all, one) => all + one))
      }),
    ),
  )
  for (const result of results) addResult(sum, result)
  return sum
}

function runLane(share: Share, tell: (done: number) => void): Promise<FuzzResult> {
  return new Promise((resolve, reject) => {
    const worker = fork(WORKER, { execArgv: ["--import=tsx"] })
    let result: FuzzResult | undefined
    worker.on("message", (news: News) => {
      if ("result" in news) result = news.result
      else tell(news.done)
    })
    worker.on("error", reject)
    worker.on("exit", (code) => {
      if (result) resolve(result)
      else reject(new Error(`fuzz: a process ended with ${code} before its time`))
    })
    worker.send(share)
  })
}
