/**
 * `npm run fit`: makes every set of coefficients again from the training tables in the project: the shipped one, on all
 * development runners, and one for each of them with that runner left out. `--extract FOLDER` first makes the tables
 * anew from recordings with truth.
 */
import { writeFile } from "node:fs/promises"
import { join, relative } from "node:path"
import { fileURLToPath } from "node:url"
import type { FlexionModel } from "../../src/motion/flexion-model"
import { FOLD_FOLDER } from "../evaluate/coefficient-set"
import { listRecordings, truthPath } from "../evaluate/folder"
import { extractTraining } from "./extract"
import { fitModel, MODEL_VERSION } from "./fit-model"
import { readTraining, type TrainingRunner, writeTraining } from "./training-table"

const SHIPPED = fileURLToPath(new URL("../../src/motion/flexion-model-data.ts", import.meta.url))

export interface FitOptions {
  /** Folder of recordings with truth to make the training tables from. */
  extract?: string
}

/** @returns exit code */
export async function fitCommand({ extract }: FitOptions): Promise<number> {
  if (extract !== undefined) await extractAll(extract)
  const runners = await readTraining()
  if (runners.length < 2) {
    process.stderr.write("No training tables: make them with `npm run fit -- --extract FOLDER`.\n")
    return 1
  }
  for (const [path, text] of modelFiles(runners)) {
    await writeFile(path, text)
    process.stderr.write(`  ${relative(process.cwd(), path)}\n`)
  }
  return 0
}

/** Every file that the fit writes: path and text. */
export function* modelFiles(runners: readonly TrainingRunner[]): Generator<[path: string, text: string]> {
  yield [SHIPPED, moduleText(fitModel(runners), runners)]
  for (const left of runners) {
    const model = fitModel(runners.filter((runner) => runner !== left))
    const leftOut = { session: left.session, seed: left.seed }
    yield [join(FOLD_FOLDER, `fold-${left.session}.json`), `${JSON.stringify({ leftOut, model })}\n`]
  }
}

function moduleText(model: FlexionModel, runners: readonly TrainingRunner[]): string {
  const strides = runners.reduce((sum, runner) => sum + runner.strides.length, 0)
  return `/**
 * The shipped flexion model, version ${MODEL_VERSION}: fitted by \`npm run fit\` to ${strides} strides of ${runners.length} runners (Fukuchi, Fukuchi &
 * Duarte 2017, PeerJ 5:e3298, CC BY 4.0). Generated: change simulator/fit, not this file.
 */
import { constant } from "../constant"
import type { FlexionModel } from "./flexion-model"

// biome-ignore format: generated
export const FLEXION_MODEL: FlexionModel = constant(${JSON.stringify(model, null, 2).replaceAll(/\[[^\]]*\]/g, (list) => list.replaceAll(/\s+/g, " "))})
`
}

/** @throws UsageError when it is no folder of recordings. */
async function extractAll(folder: string): Promise<void> {
  for (const path of await listRecordings(folder)) {
    const runner = await extractTraining(path, truthPath(path), "node")
    await writeTraining(runner)
    const { session, strides, samples } = runner
    process.stderr.write(`  ${session}: ${strides.length} strides, ${samples.length} samples\n`)
  }
}
