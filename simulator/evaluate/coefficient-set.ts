/**
 * Which coefficients a recording is scored with: a development runner with those fitted without it (the fold files that
 * `npm run fit` makes), any other with the shipped ones. The set's name goes into the table.
 */
import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { isSameRunner } from "./trivial-counters"
import type { SessionTruth } from "./truth"

export const FOLD_FOLDER = fileURLToPath(new URL("../model", import.meta.url))
const FOLD_FILE = /^fold-.+\.json$/

export interface Fold {
  leftOut: { session: string; seed: number }
  /** BoardOptions.model. */
  model: unknown
}

export interface CoefficientSet {
  name: string
  /** Left out: the shipped ones. */
  model?: unknown
  /** Why the score may flatter the device. */
  warning?: string
}

/** @throws Error when a fold file is not one; none at all when the folder is absent. */
export async function readFolds(folder = FOLD_FOLDER): Promise<Fold[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return []
    throw error
  })
  return Promise.all(
    names
      .filter((name) => FOLD_FILE.test(name))
      .sort()
      .map(async (name) => {
        const fold = JSON.parse(await readFile(join(folder, name), "utf8")) as Partial<Fold>
        if (!fold.leftOut?.session || !fold.model) {
          throw new Error(`${join(folder, name)}: no leftOut or model in it: run \`npm run fit\` again`)
        }
        return fold as Fold
      }),
  )
}

export function chooseSet(truth: SessionTruth | undefined, folds: readonly Fold[]): CoefficientSet {
  const fold = truth && folds.find((candidate) => isSameRunner(candidate.leftOut, truth))
  if (fold) return { name: `fold ${fold.leftOut.session}`, model: fold.model }
  if (!truth)
    return {
      name: "shipped",
      warning: "no JSON beside it: taken for a runner that the shipped coefficients have not seen",
    }
  if (truth.split !== "dev") return { name: "shipped" }
  const warning = `development runner ${truth.session} (seed ${truth.seed}) has no fold file: the shipped coefficients may have seen it`
  return { name: "shipped", warning }
}
