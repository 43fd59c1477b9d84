/** `merge PART.json …`: the parts of a series, wherever they were made, as one. */
import { mergeSeries } from "../statistics/merge"
import { seriesText } from "../statistics/series"
import { readSeries } from "../statistics/series-file"
import { GrowingFile } from "./growing-file"
import { seriesTables } from "./series-table"
import { count, paintFor } from "./wording"

export interface MergeOptions {
  json?: boolean
  out?: string
  partial?: boolean
}

/** @throws UsageError for a part that cannot be read or does not belong to the others. */
export function mergeCommand(paths: readonly string[], { json, out, partial }: MergeOptions): void {
  const parts = paths.map((file) => ({ file, series: readSeries(file) }))
  const series = mergeSeries(parts, partial === true)
  const file = out === undefined ? undefined : new GrowingFile("--out", out)
  try {
    file?.write([seriesText(series)])
    process.stdout.write(json ? seriesText(series) : `${seriesTables(series, paintFor(process.stdout))}\n`)
    const missing = series.runs - series.report.done
    if (missing > 0) process.stderr.write(`partial: ${count(missing, "run is", "runs are")} in no part\n`)
  } finally {
    file?.discard()
  }
}
