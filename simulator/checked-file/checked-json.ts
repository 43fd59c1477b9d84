/** A file's text or value held against a JSON Schema (draft-07): what is wrong with it, as mistakes in plain words with their place. */
import { Ajv, type ValidateFunction } from "ajv"
import type { Mistake } from "./file-error"
import { jsonMistake } from "./json-place"
import { mistakesOf } from "./mistakes"

const BYTE_ORDER_MARK = "\uFEFF"

/** @param schema made of schema-words.ts */
export function validatorOf<Value>(schema: object): ValidateFunction<Value> {
  return (
    new Ajv({ allErrors: true, verbose: true, discriminator: true })
      // For editors.
      .addVocabulary(["enumDescriptions"])
      .compile<Value>(schema)
  )
}

export type Checked<Value> = { value: Value } | { mistakes: readonly Mistake[] }

export function checkedText<Value>(text: string, validate: ValidateFunction<Value>): Checked<Value> {
  const json = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text
  const mistake = jsonMistake(json)
  if (!mistake) return checkedValue(JSON.parse(json), validate)
  const { line, column, words } = mistake
  return { mistakes: [{ place: `line ${line}, column ${column}`, words }] }
}

export function checkedValue<Value>(value: unknown, validate: ValidateFunction<Value>): Checked<Value> {
  return validate(value) ? { value } : { mistakes: mistakesOf(validate.errors ?? []) }
}
