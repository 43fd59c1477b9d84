/**
 * What the flexion model is fitted to: one JSON file a runner, gzipped, with the features that the device itself measured
 * and the truth of the recording beside them. Integers in the device's own units (src/motion/stride-shape.ts,
 * src/motion/flexion-model.ts). simulator/fit/training/README.md says where the motion is from.
 */
import { readdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { gunzipSync, gzipSync } from "node:zlib"

export const TRAINING_FOLDER = fileURLToPath(new URL("training", import.meta.url))
/** The curve of flexion in stance, at this many points from initial contact to toe-off. */
export const CURVE_POINTS = 17

export interface TrainingStride {
  features: number[]
  /** Peak flexion in stance, 1/100°. */
  peakCdeg: number
  /** Before the stride's last trough, 1/10 ms. */
  contactDms: number
  toeOffDms: number
  /** Flexion from contact to toe-off, 1/100°. */
  curveCdeg: number[]
  /** Flexion at each knot of the live model, over the whole stride from its first trough on, 1/100°. */
  kneeCdeg: number[]
}

/**
 * [index of the stride that the live model goes by, place in the stride in 1/256 knots, thigh 1/100°, rate counts, true knee
 * 1/100°] of a sample in running.
 */
export type TrainingSample = [number, number, number, number, number]

export interface TrainingRunner {
  session: string
  seed: number
  strides: TrainingStride[]
  samples: TrainingSample[]
  /** Peak of each bend: thigh inclination and flexion, 1/100°. */
  bends: [number, number][]
}

export async function readTraining(folder = TRAINING_FOLDER): Promise<TrainingRunner[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json.gz")).sort()
  return Promise.all(
    names.map(
      async (name) => JSON.parse(gunzipSync(await readFile(join(folder, name))).toString()) as TrainingRunner,
    ),
  )
}

export async function writeTraining(runner: TrainingRunner, folder = TRAINING_FOLDER): Promise<void> {
  const text = JSON.stringify(runner)
  // Level and no time stamp fixed: the same table gives the same bytes.
  await writeFile(join(folder, `${runner.session}.json.gz`), gzipSync(text, { level: 9 }))
}
