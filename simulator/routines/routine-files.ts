/** The routines that come with the project, each from its file: routines/NAME.json. */
import { readdirSync, readFileSync } from "node:fs"
import type { WrittenRoutine } from "../../routines/written-routine"
import { FileError } from "../checked-file/file-error"
import { parseRoutine } from "./parse-routine"

const FOLDER = "routines"

/** By id. @throws FileError that names every mistake of the first file that has one, or two files with one id. */
export function readRoutines(): WrittenRoutine[] {
  const routines = routineFiles().map((path) => parseRoutine(readFileSync(path, "utf8"), path))
  const sorted = routines.sort((a, b) => a.id - b.id)
  for (const [n, { id, name }] of sorted.entries()) {
    const before = sorted[n - 1]
    if (before?.id === id)
      throw new FileError(`${FOLDER}/${name}.json`, [
        { place: "id", words: `${id} is the id of "${before.name}" already; ids differ` },
      ])
  }
  return sorted
}

/** Their paths, seen from the project's root. */
export function routineFiles(): string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith(".json") && !file.endsWith(".schema.json"))
    .map((file) => `${FOLDER}/${file}`)
}
