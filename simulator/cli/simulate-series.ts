/** `simulate SCENARIO --runs N`: seed after seed on all cores, and what they show together. Ctrl-C ends it with what is done. */
import { createHash } from "node:crypto"
import { bundleFirmware } from "../firmware-bundle"
import type { NamedScenario } from "../scenario/scenario"
import { hashOf, type PlayChoice } from "../statistics/play"
import { runSeries } from "../statistics/run-series"
import { type Shard, seedsOf } from "../statistics/seeds"
import { type SeriesResult, seriesResult, seriesText, UNKNOWN_VERSIONS } from "../statistics/series"
import { hasFailed, type SeriesRow } from "../statistics/series-row"
import { GrowingFile } from "./growing-file"
import { interruptible } from "./interrupt"
import { SeriesProgress } from "./series-progress"
import { seriesTables } from "./series-table"
import { ExitCode, UsageError } from "./usage"
import { count, paintFor } from "./wording"

export interface SeriesOptions {
  seed: number
  runs: number
  shard?: Shard
  jobs?: number
  json?: boolean
  out?: string
}

/** Resolves to the exit code: 1 when a run failed, or not all were made. @throws UsageError */
export async function simulateSeries(
  scenario: NamedScenario,
  choice: PlayChoice,
  options: SeriesOptions,
): Promise<number> {
  const { seed: firstSeed, runs, shard, jobs, json, out } = options
  if (!Number.isSafeInteger(firstSeed + runs))
    throw new UsageError(`--seed ${firstSeed}: the last of ${runs} seeds is too large`)
  const seeds = seedsOf({ firstSeed, runs }, shard)
  if (shard && seeds.length === 0)
    throw new UsageError(`--shard ${shard.index}/${shard.of}: ${runs} runs leave none for this part`)
  const file = out === undefined ? undefined : new GrowingFile("--out", out)
  let playedS = 0
  const progress = json ? undefined : new SeriesProgress(process.stderr, seeds.length)
  try {
    const firmware = await bundleFirmware()
    const series = await interruptible(async (signal) => {
      const rows: SeriesRow[] = []
      let versions = UNKNOWN_VERSIONS
      await runSeries({
        work: { scenario, choice, firmware },
        seeds,
        ...(jobs !== undefined && { jobs }),
        signal,
        made: ({ row, versions: device, virtualS = 0 }) => {
          rows.push(row)
          if (device) versions = device
          playedS += virtualS
          progress?.ran(hasFailed(row) ? `seed ${row.seed} failed: ${row.error}` : undefined)
        },
      })
      const firmwareHash = createHash("sha256").update(firmware).digest("hex")
      const of = {
        scenario: scenario.name,
        scenarioHash: hashOf(scenario),
        ...choice,
        firmwareHash,
        firstSeed,
        runs,
      }
      return seriesResult(of, versions, rows)
    })
    progress?.end()
    file?.write([seriesText(series)])
    process.stdout.write(json ? seriesText(series) : `${seriesTables(series, paintFor(process.stdout))}\n`)
    tellEnd(series, seeds.length, playedS, progress)
    return series.report.failed > 0 || series.report.done < seeds.length ? ExitCode.failed : ExitCode.done
  } finally {
    progress?.end()
    file?.discard()
  }
}

function tellEnd(
  { report: { done } }: SeriesResult,
  asked: number,
  playedS: number,
  progress: SeriesProgress | undefined,
): void {
  if (progress) {
    const elapsedS = progress.elapsedS()
    const speed = Math.round(playedS / elapsedS).toLocaleString("en-US")
    const took = `${elapsedS.toFixed(1)} s here, ${speed} × real time`
    process.stderr.write(`${count(done, "run", "runs")} took ${took}\n`)
  }
  if (done < asked)
    process.stderr.write(
      `interrupted: ${count(done, "run", "runs")} of ${asked.toLocaleString("en-US")} are done, and reported\n`,
    )
}
