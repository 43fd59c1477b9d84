/** Values of a layout (src/ble/fields.ts) by chance: each number within its field's range, or one of its codes. What tests and fuzzing write from. */
import fc from "fast-check"
import { type Encodable, type Field, fieldRange, type Layout } from "../../src/ble/fields"

const ROWS_MOST = 4
const FEW = 3
const SOME = 600

/** What `encode` takes and `decode` gives back. */
export function valuesOf<L extends Layout>(layout: L): fc.Arbitrary<Encodable<L>> {
  const parts: Record<string, fc.Arbitrary<unknown>> = rowOf(layout.head)
  for (const field of layout.head) {
    if (field.lengthOf === undefined) continue
    const row = fc.record(rowOf(layout.lists?.[field.lengthOf] ?? []))
    parts[field.lengthOf] = fc.array(row, { maxLength: Math.min(ROWS_MOST, fieldRange(field).max) })
  }
  return fc.record(parts) as fc.Arbitrary<unknown> as fc.Arbitrary<Encodable<L>>
}

function rowOf(fields: readonly Field[]): Record<string, fc.Arbitrary<unknown>> {
  const row: Record<string, fc.Arbitrary<unknown>> = {}
  for (const field of fields)
    if (field.constant === undefined && field.lengthOf === undefined) row[field.name] = numbersOf(field)
  return row
}

function numbersOf(field: Field): fc.Arbitrary<unknown> {
  const number = field.codes ? fc.constantFrom(...Object.values(field.codes)) : withinRange(field)
  const { repeat } = field
  return repeat === undefined ? number : fc.array(number, { minLength: repeat, maxLength: repeat })
}

/** Small ones often: numbers that mean the same thing in two values are to meet. */
function withinRange(field: Field): fc.Arbitrary<number> {
  const { min, max } = fieldRange(field)
  const from = Math.max(min, Math.min(max, 0))
  return fc.oneof(
    fc.integer({ min: from, max: Math.min(max, from + FEW) }),
    fc.integer({ min: from, max: Math.min(max, from + SOME) }),
    fc.integer({ min, max }),
  )
}
