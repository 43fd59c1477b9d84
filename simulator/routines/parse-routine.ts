/** A routine file's text in, a routine out. */
import { basename } from "node:path"
import type { WrittenRoutine } from "../../routines/written-routine"
import { checkedText, validatorOf } from "../checked-file/checked-json"
import { FileError } from "../checked-file/file-error"
import { meaningMistakes } from "./check-meaning"
import { ROUTINE_SCHEMA } from "./schema"

const ENDING = ".json"

const validate = validatorOf<WrittenRoutine>(ROUTINE_SCHEMA)

/** @param file its path, for the words of errors and for the routine's name. @throws FileError that names every mistake. */
export function parseRoutine(text: string, file: string): WrittenRoutine {
  const read = checkedText(text, validate)
  if ("mistakes" in read) throw new FileError(file, read.mistakes)
  const mistakes = meaningMistakes(read.value, basename(file, ENDING))
  if (mistakes.length > 0) throw new FileError(file, mistakes)
  return read.value
}
