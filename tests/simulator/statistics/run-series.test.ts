/** Runs in processes of their own: each seed once, whatever becomes of it. */
import { readFileSync } from "node:fs"
import test from "ava"
import type { Scenario } from "../../../simulator/scenario/scenario"
import { RUNS_A_PROCESS, runSeries } from "../../../simulator/statistics/run-series"
import type { Work } from "../../../simulator/statistics/worker"

const STANDING: Scenario = { title: "Stand", description: "Nothing else.", steps: [{ do: "stand", forS: 1 }] }
/** So that a run takes no time: the engine refuses it. */
const WORK: Work = {
  scenario: { name: "standing", scenario: STANDING },
  choice: { engine: "node", board: null, sensors: null, settings: {}, durationS: null },
  firmware: `throw new Error("of no use")`,
}

test.serial(
  "a run that fails is told with its seed and why; the others go on, in the same processes",
  async (t) => {
    const errors = new Map<number, string>()
    await runSeries({
      work: WORK,
      seeds: [5, 2, 9, 7, 1],
      jobs: 2,
      made: ({ row }) => {
        t.false(errors.has(row.seed))
        errors.set(row.seed, "error" in row ? row.error : "")
      },
    })
    t.deepEqual([...errors.keys()].sort(), [1, 2, 5, 7, 9])
    for (const error of errors.values()) t.regex(error, /of no use/)
  },
)

test.serial("a run that is under way when the signal comes is given up, and not told", async (t) => {
  const stop = new AbortController()
  const seeds: number[] = []
  await runSeries({
    work: WORK,
    seeds: [1, 2, 3],
    jobs: 1,
    signal: stop.signal,
    made: ({ row }) => {
      seeds.push(row.seed)
      // By then the next seed is on its way to the other process, and no answer can be here.
      setImmediate(() => stop.abort())
    },
  })
  t.deepEqual(seeds, [1])
})

test.serial("after the signal no run is begun, and none is told", async (t) => {
  const stop = new AbortController()
  const seeds: number[] = []
  await runSeries({
    work: WORK,
    seeds: [1, 2, 3, 4, 5, 6],
    jobs: 1,
    signal: stop.signal,
    made: ({ row }) => {
      seeds.push(row.seed)
      if (seeds.length === 2) stop.abort()
    },
  })
  t.deepEqual(seeds, [1, 2])
})

const onLinux = process.platform === "linux" ? test.serial : test.serial.skip

onLinux("a process makes so many runs, then another goes on", async (t) => {
  const workers: string[] = []
  const { pid } = process
  const isWorker = (child: string) => {
    try {
      return readFileSync(`/proc/${child}/cmdline`, "utf8").includes("statistics/worker")
    } catch {
      return false
    }
  }
  await runSeries({
    work: WORK,
    seeds: Array.from({ length: RUNS_A_PROCESS + 3 }, (_, place) => place),
    jobs: 1,
    made: ({ row }) => {
      // The one before may still be on its way out: the newest is the last.
      const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ")
      workers[row.seed] = children.filter(isWorker).at(-1) ?? ""
    },
  })
  const first = workers.slice(0, RUNS_A_PROCESS)
  t.is(new Set(first).size, 1)
  t.is(new Set(workers.slice(RUNS_A_PROCESS)).size, 1)
  t.not(workers.at(-1), first[0])
})
