/**
 * The counts that a change is compared with: hosts/rv32/baseline.json. Counts are the same from run to run with the same tools, so other
 * tools are named as such and nothing is compared.
 */
import { readFile, writeFile } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import type { BenchResult } from "./bench-result"
import type { Versions } from "./toolchain"

const BASELINE = fileURLToPath(new URL("../../hosts/rv32/baseline.json", import.meta.url))
export const ACCEPT_COMMAND = "npm run bench -- --accept"
/** A rise of more is refused. */
const ALLOWED_RISE = 0.02
const JSON_INDENT = 2

export interface Baseline {
  versions: Versions
  /** Figures by their path in the bench's JSON; more is worse. */
  counts: Record<string, number>
}

export function baselineOf({ versions, rv32, storage, references }: BenchResult): Baseline {
  const { blocks, instructionsPerSample, softFloatCalls, allocatingSamples, fifoBatch, tick } = rv32
  const { liveNotification, gattReads, heapBytes, gcPerHour, image } = rv32
  const counts = flat({
    rv32: {
      ...{ instructionsPerSample, blocks, softFloatCalls, allocatingSamples, fifoBatch, tick },
      ...{ liveNotification, gattReads, heapBytes, gcPerHour, image },
    },
    storage: Object.fromEntries(
      storage.map(({ runs, boot, append, state, sync }) => [runs, { boot, append, state, sync }]),
    ),
    references,
  })
  return { versions, counts }
}

/** What is wrong, a line each; empty when all is well. */
export function compared(now: Baseline, accepted: Baseline): string[] {
  const otherTools = (Object.keys(accepted.versions) as (keyof Versions)[])
    .filter((tool) => accepted.versions[tool] !== now.versions[tool])
    .map((tool) => `the baseline was counted with ${accepted.versions[tool]}; here is ${now.versions[tool]}`)
  if (otherTools.length > 0) return otherTools
  const names = new Set([...Object.keys(accepted.counts), ...Object.keys(now.counts)])
  return [...names].flatMap((name) => {
    const before = accepted.counts[name]
    const count = now.counts[name]
    if (before === undefined) return [`${name}: ${count}, which the baseline does not have`]
    if (count === undefined) return [`${name}: not measured any more; the baseline has ${before}`]
    if (count <= before * (1 + ALLOWED_RISE)) return []
    return [`${name}: ${count}, up from ${before}`]
  })
}

/** @throws Error when there is none. */
export async function readBaseline(): Promise<Baseline> {
  try {
    return JSON.parse(await readFile(BASELINE, "utf8")) as Baseline
  } catch (error) {
    throw new Error(
      `No baseline to compare with (${(error as Error).message}): \`${ACCEPT_COMMAND}\` makes one`,
    )
  }
}

export async function writeBaseline(baseline: Baseline): Promise<void> {
  await writeFile(BASELINE, `${JSON.stringify(baseline, null, JSON_INDENT)}\n`)
}

function flat(tree: object, prefix = ""): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const [name, value] of Object.entries(tree)) {
    if (typeof value === "number") counts[prefix + name] = value
    else Object.assign(counts, flat(value, `${prefix}${name}.`))
  }
  return counts
}
