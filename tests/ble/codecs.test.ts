/** Every layout that a module of src/ble exports, found by itself: what is encoded comes back, and what is cut or has a byte more is refused. */
import { readdirSync } from "node:fs"
import test from "ava"
import fc from "fast-check"
import { EXAMPLE_FIRMWARE, EXAMPLE_RUN } from "../../simulator/docs/example-run"
import { valuesOf } from "../../simulator/fuzz/layout-values"
import { decode, decodeHead, encode, fieldRefused, type Layout } from "../../src/ble/fields"
import {
  decodeBends,
  decodeRunRecord,
  decodeRunSummary,
  encodeBends,
  encodeRunRecord,
  RUN_SUMMARY_BYTES,
} from "../../src/ble/run-codec"

const MODULES = new URL("../../src/ble/", import.meta.url)
const LEAST_LAYOUTS = 20

const layouts: Record<string, Layout> = {}
for (const file of readdirSync(MODULES).sort())
  for (const [name, exported] of Object.entries(await import(new URL(file, MODULES).href)))
    if (isLayout(exported)) layouts[name] = exported

function isLayout(exported: unknown): exported is Layout {
  return typeof exported === "object" && exported !== null && "title" in exported && "head" in exported
}

test("the layouts of all modules are found", (t) => {
  for (const name of ["STATUS", "RUN_RECORD", "RUN_LIST", "BENDS", "FETCH_REQUEST", "CHUNK", "COMMAND"])
    t.truthy(layouts[name], name)
  t.true(Object.keys(layouts).length >= LEAST_LAYOUTS, `${Object.keys(layouts).length} layouts`)
})

for (const [name, layout] of Object.entries(layouts)) {
  test(`${name}: what is encoded comes back, and none of it is refused`, (t) => {
    fc.assert(
      fc.property(valuesOf(layout), (values) => {
        const bytes = encode(layout, values)
        const decoded = decode(layout, bytes)
        t.deepEqual<unknown, unknown>(decoded, values)
        t.is(fieldRefused(layout, decoded), undefined)
        t.deepEqual(encode(layout, decodeHead(layout, bytes)), bytes)
      }),
    )
  })

  test(`${name}: cut anywhere, or with a byte more, it is refused`, (t) => {
    fc.assert(
      fc.property(valuesOf(layout), fc.nat(0xff), (values, more) => {
        const bytes = encode(layout, values)
        refusesAllButWhole(t, (cut) => decode(layout, cut), bytes, more)
      }),
      { numRuns: 20 },
    )
  })
}

const record = encodeRunRecord(EXAMPLE_RUN, EXAMPLE_FIRMWARE)
const bends = encodeBends({ bends: [{ timeMs: 9400, peakCdeg: 4800 }], bendsDropped: 1 })
const CODECS: [what: string, read: (bytes: Uint8Array) => unknown, bytes: Uint8Array][] = [
  ["a run record", decodeRunRecord, record],
  ["a run summary", decodeRunSummary, record.slice(0, RUN_SUMMARY_BYTES)],
  ["a record of bends", decodeBends, bends],
]
for (const [what, read, bytes] of CODECS)
  test(`${what} cut anywhere, or with a byte more, is refused`, (t) => {
    t.notThrows(() => read(bytes))
    refusesAllButWhole(t, read, bytes, 0)
  })

function refusesAllButWhole(
  t: { throws(work: () => unknown, expected: object): unknown },
  read: (bytes: Uint8Array) => unknown,
  bytes: Uint8Array,
  more: number,
): void {
  const message = / at offset \d+/
  for (let end = 0; end < bytes.length; end++)
    t.throws(() => read(bytes.slice(0, end)), { instanceOf: RangeError, message })
  t.throws(() => read(Uint8Array.from([...bytes, more])), { instanceOf: RangeError, message })
}
