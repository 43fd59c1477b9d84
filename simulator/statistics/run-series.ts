/** The runs of a series, dealt to as many processes as there are cores; what each came to, in the order in which they end. */
import { type ChildProcess, fork } from "node:child_process"
import { availableParallelism } from "node:os"
import { fileURLToPath } from "node:url"
import type { Made, Work } from "./worker"

const WORKER = fileURLToPath(new URL("worker.ts", import.meta.url))

/** Then another process goes on: V8 keeps about 1 MB of each virtual board that it has run, XS nothing. */
export const RUNS_A_PROCESS = 50

export interface SeriesRun {
  work: Work
  seeds: readonly number[]
  /** Processes at the same time; as many as cores when left out. */
  jobs?: number
  /** No more after it; runs that are under way are given up. */
  signal?: AbortSignal
  made(made: Made): void
}

/** Resolves when all are made, or the signal came. A process that dies fails the one run that it was at. */
export async function runSeries(run: SeriesRun): Promise<void> {
  const jobs = Math.min(run.jobs ?? availableParallelism(), run.seeds.length)
  const seeds = run.seeds.values()
  await Promise.all(Array.from({ length: jobs }, () => runLane(run, seeds)))
}

async function runLane({ work, signal, made }: SeriesRun, seeds: Iterator<number>): Promise<void> {
  let lane: Lane | undefined
  try {
    for (let next = seeds.next(); !next.done && !signal?.aborted; next = seeds.next()) {
      if (lane?.runs === RUNS_A_PROCESS) {
        lane.end()
        lane = undefined
      }
      lane ??= new Lane(work, signal)
      const ended = await lane.make(next.value)
      if (signal?.aborted) return
      if ("died" in ended) lane = undefined
      made("died" in ended ? { row: { seed: next.value, error: ended.died } } : ended)
    }
  } finally {
    lane?.end()
  }
}

/** A process that makes a run at a time. */
class Lane {
  /** That it was given. */
  runs = 0
  readonly #worker: ChildProcess
  readonly #stop = () => void this.#worker.kill()
  readonly #signal: AbortSignal | undefined

  constructor(work: Work, signal: AbortSignal | undefined) {
    this.#worker = fork(WORKER, { execArgv: ["--import=tsx"] })
    this.#signal = signal
    signal?.addEventListener("abort", this.#stop)
    this.#send(work)
  }

  make(seed: number): Promise<Made | { died: string }> {
    this.runs++
    return new Promise((resolve) => {
      const worker = this.#worker
      const answered = (answer: Made) => settle(answer)
      const exited = (code: number | null, signal: string | null) =>
        settle({ died: `its process ended with ${signal ?? code}` })
      const failed = (error: Error) => settle({ died: `its process failed: ${error.message}` })
      const settle = (ended: Made | { died: string }) => {
        worker.off("message", answered).off("exit", exited).off("error", failed)
        resolve(ended)
      }
      worker.on("message", answered).on("exit", exited).on("error", failed)
      this.#send(seed)
    })
  }

  /** What a process that is gone cannot be sent is told by its exit. */
  #send(message: Work | number): void {
    this.#worker.send(message, () => {})
  }

  end(): void {
    this.#signal?.removeEventListener("abort", this.#stop)
    if (this.#worker.connected) this.#worker.disconnect()
  }
}
