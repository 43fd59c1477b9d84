/**
 * What a module makes when it is loaded and nobody changes. XS keeps it in flash and nothing of it in RAM when it is frozen (SDK 8.2.3, xsl: "not frozen"
 * otherwise, and a pointer for each object). Arrays of numbers cannot be frozen, and need not be: their bytes lie in flash all the same.
 */

/** @returns `value`, and it and all that it holds is as it is for good */
export function constant<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return value
  for (const part of Object.values(value)) constant(part)
  return Object.freeze(value)
}
