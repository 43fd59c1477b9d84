/** Reads the file of a series, or of a part of one. What is not as `simulate --out` writes it is refused, with the file and the place named. */
import { readFileSync } from "node:fs"
import { isDeepStrictEqual } from "node:util"
import { Ajv, type JSONSchemaType } from "ajv"
import { BOARD_KINDS } from "../../hosts/virtual/protocol"
import { DEPTH_BANDS_DEG } from "../../src/ble/run-codec"
import { systemWords, UsageError } from "../cli/usage"
import { ENGINE_NAMES } from "../engine/engine"
import type { Counted, RunErrors } from "./run-figures"
import { SERIES_FORMAT, SERIES_VERSION, type SeriesResult, seriesResult } from "./series"

const COUNT = { type: "integer", minimum: 0 } as const
const FIGURE = { type: "number", nullable: true } as const
const TEXT = { type: "string", nullable: true } as const

function object(properties: Record<string, unknown>) {
  return { type: "object", properties, required: Object.keys(properties), additionalProperties: false }
}

const COUNTED = object({
  bouts: COUNT,
  strides: COUNT,
  compressions: {
    type: "array",
    items: COUNT,
    minItems: DEPTH_BANDS_DEG.length,
    maxItems: DEPTH_BANDS_DEG.length,
  },
} satisfies Record<keyof Counted, unknown>)

const ERRORS = object({
  boutsFound: COUNT,
  boutsMissed: COUNT,
  boutsInvented: COUNT,
  stridesInvented: COUNT,
  stridesPercent: FIGURE,
  compressions30Percent: FIGURE,
  compressions35Percent: FIGURE,
  compressions40Percent: FIGURE,
  compressions45Percent: FIGURE,
  compressions50Percent: FIGURE,
  bandErrorPercent: FIGURE,
  peakDeg: FIGURE,
  cadenceErrorSpm: FIGURE,
} satisfies Record<keyof RunErrors, unknown>)

const SEED = { type: "integer" }
const SCHEMA = object({
  format: { const: SERIES_FORMAT },
  version: { const: SERIES_VERSION },
  scenario: { type: "string" },
  scenarioHash: { type: "string" },
  durationS: FIGURE,
  engine: { enum: ENGINE_NAMES },
  board: { enum: [...BOARD_KINDS, null] },
  sensors: { enum: [1, 2, null] },
  settings: { type: "object", additionalProperties: { type: "number" } },
  firmwareHash: { type: "string" },
  firstSeed: SEED,
  runs: { type: "integer", minimum: 1 },
  firmware: TEXT,
  model: TEXT,
  /** Made of the rows, which it is held against. */
  report: { type: "object" },
  rows: {
    type: "array",
    items: {
      type: "object",
      required: ["seed"],
      if: { required: ["error"] },
      // biome-ignore lint/suspicious/noThenProperty: the word of JSON Schema
      then: object({ seed: SEED, error: { type: "string" } }),
      else: object({ seed: SEED, truth: COUNTED, device: COUNTED, errors: ERRORS }),
    },
  },
} satisfies Record<keyof SeriesResult, unknown>) as unknown as JSONSchemaType<SeriesResult>

const isSeries = new Ajv({ allowUnionTypes: true }).compile(SCHEMA)

/** @throws UsageError naming the file. */
export function readSeries(path: string): SeriesResult {
  let text: string
  try {
    text = readFileSync(path, "utf8")
  } catch (error) {
    throw new UsageError(`${path}: cannot be read: ${systemWords(error)}`)
  }
  return parseSeries(text, path)
}

/** @throws UsageError naming `file`, and what in it is not right. */
export function parseSeries(text: string, file: string): SeriesResult {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    const cut = text.trimEnd().endsWith("}") ? "" : " (it ends in the middle: is it cut short?)"
    throw new UsageError(`${file}: not JSON${cut}: ${(error as Error).message}`)
  }
  const { format, version } = (json ?? {}) as Partial<Record<"format" | "version", unknown>>
  if (format !== SERIES_FORMAT) throw new UsageError(`${file}: is no file of simulate --runs … --out`)
  if (version !== SERIES_VERSION)
    throw new UsageError(
      `${file}: has version ${version} of the format; this program reads ${SERIES_VERSION}`,
    )
  if (!isSeries(json)) {
    const [wrong] = isSeries.errors ?? []
    throw new UsageError(
      `${file}: ${wrong?.instancePath.slice(1).replaceAll("/", ".") || "the file"} ${wrong?.message}`,
    )
  }
  return consistent(json, file)
}

/** Rows of the series only, each once, and the report that they make: a file that was written by hand or cut by a tool is found out. */
function consistent(series: SeriesResult, file: string): SeriesResult {
  let anew: SeriesResult
  try {
    anew = seriesResult(series, series, series.rows)
  } catch (error) {
    throw new UsageError(`${file}: ${(error as Error).message}`)
  }
  // As text a 0 has no sign.
  if (!isDeepStrictEqual(JSON.parse(JSON.stringify(anew.report)), series.report))
    throw new UsageError(`${file}: its report is not that of its rows: it was changed, or rows are lost`)
  return anew
}
