/** What the schemas of scenarios and routines are made of: JSON Schema (draft-07) of numbers, words and objects, each with a description that names its unit. */

export interface Schema {
  type?: "object" | "array" | "number" | "integer" | "string" | "boolean"
  description?: string
  minimum?: number
  maximum?: number
  default?: unknown
  enum?: readonly string[]
  /** Of each word; editors show it. */
  enumDescriptions?: readonly string[]
  const?: string
  minLength?: number
  items?: Schema
  minItems?: number
  maxItems?: number
  properties?: Record<string, Schema>
  required?: readonly string[]
  additionalProperties?: false
  discriminator?: { propertyName: string }
  oneOf?: readonly Schema[]
  $ref?: string
}

export function number(description: string, minimum: number, maximum: number, usual?: number): Schema {
  return { type: "number", description, minimum, maximum, ...(usual !== undefined && { default: usual }) }
}

export function whole(description: string, minimum: number, maximum: number, usual?: number): Schema {
  return { ...number(description, minimum, maximum, usual), type: "integer" }
}

export function text(description: string): Schema {
  return { type: "string", description, minLength: 1 }
}

export function yesOrNo(description: string, usual?: boolean): Schema {
  return { type: "boolean", description, ...(usual !== undefined && { default: usual }) }
}

export function oneWordOf(description: string, words: readonly string[], usual?: string): Schema {
  return { type: "string", description, enum: words, ...(usual !== undefined && { default: usual }) }
}

/** Two numbers, the first not above the second (check-meaning.ts). */
export function range(
  description: string,
  minimum: number,
  maximum: number,
  usual: readonly number[],
): Schema {
  const items: Schema = { type: "number", minimum, maximum }
  return { type: "array", description, items, minItems: 2, maxItems: 2, default: usual }
}

export function list(description: string, items: Schema, minItems = 0): Schema {
  return { type: "array", description, items, minItems }
}

export function object(
  description: string,
  properties: Record<string, Schema>,
  required: readonly string[] = [],
): Schema {
  return { type: "object", description, additionalProperties: false, required, properties }
}

/** One of several kinds of object, told apart by the word in their field `tag`. */
export function oneOfKind(
  description: string,
  tag: string,
  kinds: readonly { word: string; description: string; fields: Fields }[],
  common: Record<string, Schema>,
): Schema {
  return {
    type: "object",
    description,
    discriminator: { propertyName: tag },
    required: [tag],
    oneOf: kinds.map(({ word, description: what, fields: { needed = {}, left = {} } }) => ({
      description: what,
      additionalProperties: false,
      required: [tag, ...Object.keys(needed)],
      properties: { [tag]: { const: word, description: what }, ...needed, ...left, ...common },
    })),
  }
}

/** What an object must have, and what it may leave out. */
export interface Fields {
  needed?: Record<string, Schema>
  left?: Record<string, Schema>
}
