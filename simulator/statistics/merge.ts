/** Parts of a series become the series: the same bytes as if it had run on one machine, in whatever order they come. */
import { UsageError } from "../cli/usage"
import { missingSeeds, seedWords } from "./seeds"
import { type SeriesChoice, type SeriesResult, seriesResult } from "./series"

/** A part and where it was read. */
export interface SeriesPart {
  file: string
  series: SeriesResult
}

/** What parts have to share, and how a difference is told. */
const SHARED: Record<keyof SeriesChoice, string> = {
  scenario: "scenario",
  scenarioHash: "scenario's text",
  durationS: "--duration",
  engine: "--engine",
  board: "--board",
  sensors: "--sensors",
  settings: "--set",
  firmwareHash: "firmware",
  firstSeed: "--seed",
  runs: "--runs",
}
const VERSIONS = { firmware: "firmware's version", model: "model's version" } as const

/**
 * @param isPartial seeds may be missing.
 * @throws UsageError that names the file which does not belong, a seed that is twice there, or seeds that are missing.
 */
export function mergeSeries(parts: readonly SeriesPart[], isPartial: boolean): SeriesResult {
  // A part in which every run failed early knows no versions.
  const first = parts.find(({ series }) => series.model !== null) ?? parts[0]
  if (!first) throw new UsageError("merge: name the parts' files")
  for (const part of parts) compare(first, part)
  refuseTwice(parts)
  const rows = parts.flatMap(({ series }) => series.rows)
  const missing = missingSeeds(first.series, new Set(rows.map(({ seed }) => seed)))
  if (missing.length > 0 && !isPartial)
    throw new UsageError(
      `${missing.length} of ${first.series.runs} seeds are in no part: ${seedWords(missing)}; --partial merges without them`,
    )
  return seriesResult(first.series, first.series, rows)
}

function compare(first: SeriesPart, other: SeriesPart): void {
  const refuse = (what: string, name: keyof SeriesResult) => {
    const [ours, theirs] = [first, other].map(({ series }) => JSON.stringify(series[name]))
    throw new UsageError(`${other.file}: another ${what} (${theirs}) than ${first.file} (${ours})`)
  }
  for (const [name, what] of Object.entries(SHARED) as [keyof SeriesChoice, string][])
    if (JSON.stringify(first.series[name]) !== JSON.stringify(other.series[name])) refuse(what, name)
  for (const [name, what] of Object.entries(VERSIONS) as [keyof typeof VERSIONS, string][]) {
    const theirs = other.series[name]
    if (theirs !== null && theirs !== first.series[name]) refuse(what, name)
  }
}

function refuseTwice(parts: readonly SeriesPart[]): void {
  const fileOf = new Map<number, string>()
  for (const { file, series } of parts)
    for (const { seed } of series.rows) {
      const before = fileOf.get(seed)
      if (before !== undefined) throw new UsageError(`${file}: seed ${seed} is in ${before} too`)
      fileOf.set(seed, file)
    }
}
