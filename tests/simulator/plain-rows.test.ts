import test from "ava"
import fc from "fast-check"
import { readPlainRows } from "../../simulator/recording/plain-rows"
import { parseRecording } from "../../simulator/recording/read-recording"

const HEADER = "time_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps,note"
/** Nothing is plain to the reader with quotation marks in the header. */
const QUOTED_HEADER = HEADER.replace("time_s", '"time_s"')

const digits = (maxLength: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength }).map((all) => all.join(""))
/** Plain, and of too many digits to be. */
const decimal = fc
  .record({ sign: fc.constantFrom("", "-", "+"), whole: digits(3), part: fc.option(digits(16)) })
  .map(({ sign, whole, part }) => sign + whole + (part === null ? "" : `.${part}`))
const row = fc.record({
  values: fc.array(decimal, { minLength: 6, maxLength: 6 }),
  note: fc.stringMatching(/^[\w ]*$/),
})

test("a recording is the same to the last bit whether its rows are read plainly or strictly", (t) => {
  fc.assert(
    fc.property(fc.array(row, { minLength: 2, maxLength: 20 }), (rows) => {
      const body = rows.map(({ values, note }, at) => `${[at / 100, ...values, note].join(",")}\n`).join("")
      const read = (header: string) => parseRecording("any.csv", Buffer.from(`${header}\n${body}`))
      t.deepEqual(read(HEADER), read(QUOTED_HEADER))
    }),
  )
})

const rowsOf = (text: string) => {
  const numbers = new Float64Array(4)
  const words: string[] = []
  const rows = readPlainRows(Buffer.from(text), 0, [numbers, words, undefined])
  return rows === undefined
    ? undefined
    : [...numbers.subarray(0, rows)].map((number, at) => [number, words[at]])
}

test("plain rows are numbers, words, and what nobody asks for", (t) => {
  t.deepEqual(rowsOf("1.25,run,x y\n-0.1,still,\n"), [
    [1.25, "run"],
    [-0.1, "still"],
  ])
  t.deepEqual(rowsOf("-0,a,b\n.5,a,b\n5.,a,b\n"), [
    [-0, "a"],
    [0.5, "a"],
    [5, "a"],
  ])
})

for (const [what, text] of [
  ["an exponent", "1e3,run,x\n"],
  ["a plus sign", "+1,run,x\n"],
  ["no number", ",run,x\n"],
  ["two points", "1.2.3,run,x\n"],
  ["a point alone", ".,run,x\n"],
  ["more digits than a double holds", "1.234567890123456,run,x\n"],
  ["a quoted word", '1,"run",x\n'],
  ["a row that ends too early", "1,run\n"],
  ["a row with too much", "1,run,x,y\n"],
  ["a Windows line end", "1,run\r\n"],
  ["a line that is not ended", "1,run,x"],
  ["a blank line", "1,run,x\n\n"],
] as const)
  test(`not plain: ${what}`, (t) => {
    t.is(rowsOf(text), undefined)
  })
