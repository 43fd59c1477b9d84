/** What a phone writes: a value of some layout, often changed (bits flipped, cut, made longer), or bytes that mean nothing. */
import fc from "fast-check"
import { encode, type Layout } from "../../src/ble/fields"
import { SETTING_WRITE } from "../../src/ble/layouts"
import { crc32 } from "../../src/storage/crc32"
import { SETTINGS } from "../../src/storage/settings"
import { ASKED, isText, writtenLayouts } from "./characteristics"
import { valuesOf } from "./layout-values"

export type Change =
  | { readonly how: "flip"; readonly bit: number }
  | { readonly how: "cut"; readonly bytes: number }
  | { readonly how: "add"; readonly bytes: Uint8Array }

export interface WrittenLayout {
  readonly layout: Layout
  readonly values: Readonly<Record<string, unknown>>
  /** The numbers of runs in it are that of the so many-th run that is stored, if any is. */
  readonly run: number | undefined
  /** Its CRC is that run's. */
  readonly isCrcTrue: boolean
  readonly changes: readonly Change[]
}
export type WrittenValue = WrittenLayout | { readonly bytes: Uint8Array }

/** Longer than a value may be (512). */
const BYTES_MOST = 600
const TEXT_MOST = 24
const BITS_MOST = 8 * 40
const RUNS = 8
const CHANGES_MOST = 3

/** By characteristic: mostly what it takes, whole or changed. */
export function valuesFor(index: number): fc.Arbitrary<WrittenValue> {
  const profile = ASKED[index]?.profile
  const own = profile ? writtenLayouts(profile) : []
  const bytes = fc
    .oneof(fc.uint8Array({ maxLength: 20 }), fc.uint8Array({ maxLength: BYTES_MOST, size: "max" }))
    .map((random) => ({ bytes: random }))
  if (profile?.write && isText(profile.write))
    return fc.oneof({ arbitrary: text, weight: 3 }, { arbitrary: bytes, weight: 1 })
  if (own.length === 0) return fc.oneof(bytes, anyLayout())
  return fc.oneof(
    { arbitrary: fc.oneof(...own.map(written)), weight: 10 },
    { arbitrary: anyLayout(), weight: 1 },
    { arbitrary: bytes, weight: 2 },
  )
}

/** As it is sent. @param records of the stored runs, by number */
export function bytesOf(value: WrittenValue, records: ReadonlyMap<number, Uint8Array>): Uint8Array {
  if ("bytes" in value) return value.bytes
  const { layout, values, run, isCrcTrue, changes } = value
  const numbers: Record<string, unknown> = { ...values }
  const ids = [...records.keys()]
  const id = run === undefined ? undefined : ids[run % Math.max(1, ids.length)]
  if (id !== undefined) {
    for (const name of ["runId", "firstRun", "lastRun"]) if (name in numbers) numbers[name] = id
    if (isCrcTrue && "crc" in numbers) numbers.crc = crc32(records.get(id) as Uint8Array)
  }
  let bytes = encode(layout, numbers as never)
  for (const change of changes) bytes = changed(bytes, change)
  return bytes
}

function changed(bytes: Uint8Array, change: Change): Uint8Array {
  if (change.how === "cut") return bytes.slice(0, Math.max(0, bytes.length - change.bytes))
  if (change.how === "add") return Uint8Array.from([...bytes, ...change.bytes])
  const flipped = bytes.slice()
  const at = (change.bit >> 3) % Math.max(1, bytes.length)
  if (at < flipped.length) flipped[at] = (flipped[at] as number) ^ (1 << (change.bit & 7))
  return flipped
}

const changes: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ how: fc.constant("flip" as const), bit: fc.nat(BITS_MOST - 1) }),
  fc.record({ how: fc.constant("cut" as const), bytes: fc.integer({ min: 1, max: 20 }) }),
  fc.record({ how: fc.constant("add" as const), bytes: fc.uint8Array({ minLength: 1, maxLength: 20 }) }),
)

function written(layout: Layout): fc.Arbitrary<WrittenValue> {
  const values = fc.oneof(valuesOf(layout), ...(layout === SETTING_WRITE ? [nearlySettings] : []))
  return fc.record({
    layout: fc.constant(layout),
    values: values as fc.Arbitrary<Readonly<Record<string, unknown>>>,
    run: fc.option(fc.nat(RUNS), { nil: undefined, freq: 4 }),
    isCrcTrue: fc.boolean(),
    changes: fc.oneof(
      { arbitrary: fc.constant([]), weight: 2 },
      { arbitrary: fc.array(changes, { minLength: 1, maxLength: CHANGES_MOST }), weight: 1 },
    ),
  })
}

/** Settings at and about the ends of their ranges. */
const nearlySettings = fc.constantFrom(...SETTINGS).chain(({ id, min, max }) =>
  fc.record({
    id: fc.constant(id),
    value: fc.oneof(fc.integer({ min, max }), fc.constantFrom(min - 1, min, max, max + 1)),
  }),
)

const text: fc.Arbitrary<WrittenValue> = fc
  .string({ unit: "binary", maxLength: TEXT_MOST, size: "max" })
  .map((words) => ({ bytes: new TextEncoder().encode(words) }))

/** Of whichever characteristic. */
function anyLayout(): fc.Arbitrary<WrittenValue> {
  const all = new Set(ASKED.flatMap(({ profile }) => (profile ? writtenLayouts(profile) : [])))
  return fc.oneof(...[...all].map(written))
}
