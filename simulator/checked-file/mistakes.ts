/** What ajv found wrong in a file, as mistakes in plain words: the word that nobody knows first, then values, then what is missing. */
import type { ErrorObject } from "ajv"
import type { Mistake } from "./file-error"
import { insteadOf, nearest } from "./nearest"
import type { Schema } from "./schema-words"

/** `/steps/3/speedMs` as `steps[3].speedMs`. */
export function placeOf(pointer: string, ...more: string[]): string {
  const parts = [...pointer.split("/").slice(1).map(unescaped), ...more]
  return parts.map((part, n) => (/^\d+$/.test(part) ? `[${part}]` : `${n > 0 ? "." : ""}${part}`)).join("")
}

interface Ranked extends Mistake {
  rank: number
}

/** @param errors found with `verbose` and `discriminator` */
export function mistakesOf(errors: readonly ErrorObject[]): Mistake[] {
  const unknown = errors.flatMap(({ keyword, params }) =>
    keyword === "additionalProperties" ? [params.additionalProperty as string] : [],
  )
  const told = new Map<string, Ranked>()
  for (const error of errors) {
    const mistake = mistakeOf(error)
    // "speedMS" unknown and "speedMs" missing are one mistake.
    const isMistyped =
      error.keyword === "required" &&
      unknown.some((word) => nearest(word, [error.params.missingProperty]) !== undefined)
    if (isMistyped) continue
    const before = told.get(mistake.place)
    if (!before || mistake.rank < before.rank) told.set(mistake.place, mistake)
  }
  return [...told.values()].sort((a, b) => a.rank - b.rank).map(({ place, words }) => ({ place, words }))
}

function mistakeOf({ keyword, instancePath, params, data, parentSchema }: ErrorObject): Ranked {
  const schema = parentSchema as Schema
  const at = placeOf(instancePath)
  switch (keyword) {
    case "additionalProperties": {
      const word = params.additionalProperty as string
      const words = `there is no "${word}" here${insteadOf(word, Object.keys(schema.properties ?? {}))}`
      return { rank: 0, place: placeOf(instancePath, word), words }
    }
    case "discriminator": {
      const known = kindsOf(schema)
      const place = placeOf(instancePath, params.tag as string)
      const word = params.tagValue as unknown
      // A missing one is told as such, too.
      if (typeof word !== "string")
        return {
          rank: word === undefined ? 3 : 1,
          place,
          words: `is ${shown(word)}; there are ${known.join(", ")}`,
        }
      return { rank: 0, place, words: `there is no "${word}"${insteadOf(word, known)}` }
    }
    case "required": {
      const word = params.missingProperty as string
      const what = schema.properties?.[word]
      const right = what ? `it takes ${takenBy(what)}` : `there are ${kindsOf(schema).join(", ")}`
      return { rank: 2, place: placeOf(instancePath, word), words: `is missing; ${right}` }
    }
    case "enum":
      return typeof data === "string" && schema.enum
        ? { rank: 0, place: at, words: `there is no "${data}"${insteadOf(data, schema.enum)}` }
        : { rank: 1, place: at, words: `is ${shown(data)}; it takes ${takenBy(schema)}` }
    default:
      return { rank: 1, place: at, words: `is ${shown(data)}; it takes ${takenBy(schema)}` }
  }
}

/** The kinds of object that there can be, by the word that tells them apart. */
function kindsOf({ oneOf = [], discriminator }: Schema): string[] {
  const tag = discriminator?.propertyName ?? ""
  return oneOf.map(({ properties }) => properties?.[tag]?.const as string)
}

/** What a field takes, and what for. */
export function takenBy(schema: Schema): string {
  const what = schema.description
  return what === undefined ? kindOf(schema) : `${kindOf(schema)} (${what[0]?.toLowerCase()}${what.slice(1)})`
}

/** What a field takes: numbers and their bounds, words. */
export function kindOf({ type, minimum, maximum, enum: words, minItems, maxItems, items }: Schema): string {
  if (words) return words.map((word) => `"${word}"`).join(", ")
  const bounds = minimum === undefined ? "" : ` from ${minimum} to ${maximum}`
  switch (type) {
    case "integer":
      return `a whole number${bounds}`
    case "number":
      return `a number${bounds}`
    case "boolean":
      return "true or false"
    case "string":
      return "a text"
    case "array":
      if (items?.type === "number" && minItems === maxItems)
        return `${minItems} numbers${kindOf(items).replace("a number", "")}`
      return minItems ? `a list of at least ${minItems}` : "a list"
    default:
      return "an object in { }"
  }
}

const LONGEST_SHOWN = 40

function shown(data: unknown): string {
  const text = JSON.stringify(data) ?? String(data)
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text
}

function unescaped(part: string): string {
  return part.replaceAll("~1", "/").replaceAll("~0", "~")
}
