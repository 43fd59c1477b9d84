/** Where text stops being JSON is found wherever it is, and nowhere else. */
import test from "ava"
import fc from "fast-check"
import { jsonMistake } from "../../../simulator/checked-file/json-place"
import { nearest } from "../../../simulator/checked-file/nearest"

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const BROKEN: [text: string, line: number, column: number, words: RegExp][] = [
  ['{"a": 1 "b": 2}', 1, 9, /^a "," or "}" should stand here$/],
  ["[1,\n 2\n 3]", 3, 2, /^a "," or "]" should/],
  ['{"a" 1}', 1, 6, /^a ":" should/],
  ["{a: 1}", 1, 2, /^a name in double quotes/],
  ['{"a": 01}', 1, 7, /^a value should/],
  ['{"a": .5}', 1, 7, /^a value should/],
  ['{"a": tru}', 1, 7, /^a value should/],
  ['{"a": "x\ny"}', 1, 7, /^this text has no end in its line/],
  ['{"a": "\\q"}', 1, 7, /^this text has no end .* "\\" that stands for nothing$/],
  ['{"a": 1}\n}', 2, 1, /^nothing should stand after the end$/],
  ['{"a": [1, 2', 1, 12, /^the text ends here; a "," or "]" should/],
]
for (const [text, line, column, words] of BROKEN)
  test(`${JSON.stringify(text)}: line ${line}, column ${column}`, (t) => {
    const mistake = jsonMistake(text)
    t.deepEqual([mistake?.line, mistake?.column], [line, column], mistake?.words)
    t.regex(mistake?.words ?? "", words)
  })

test("what JSON.parse takes is no mistake, and what it refuses is one", (t) => {
  const change = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    drop: fc.nat(2),
    put: fc.constantFrom(
      "",
      ",",
      '"',
      "{",
      "]",
      "0",
      "\n",
      "\t",
      "\\",
      "-",
      "e",
      "é",
      "\u007f",
      "\u0085",
      "\u0001",
      "\ud800",
      "null",
    ),
  })
  let refused = 0
  fc.assert(
    fc.property(fc.json({ depthSize: "small" }), fc.array(change, { maxLength: 2 }), (json, changes) => {
      const text = changes.reduce((before, { at, drop, put }) => {
        const place = Math.floor(at * before.length)
        return before.slice(0, place) + put + before.slice(place + drop)
      }, json)
      const mistake = jsonMistake(text)
      t.is(mistake === undefined, isJson(text), JSON.stringify(text))
      if (!mistake) return
      refused++
      const line = text.split("\n")[mistake.line - 1] as string
      t.true(mistake.column >= 1 && mistake.column <= line.length + 1)
      // All before it can still become JSON: no shorter beginning is refused for anything but its end.
      const before =
        text
          .split("\n")
          .slice(0, mistake.line - 1)
          .join("\n").length + (mistake.line > 1 ? 1 : 0)
      const beginning = jsonMistake(text.slice(0, before + mistake.column - 1))
      t.true(beginning === undefined || /ends here|no end/.test(beginning.words), JSON.stringify(text))
    }),
    { numRuns: 2000 },
  )
  t.true(refused > 200, `${refused}`)
})

const WORDS = ["stand", "sit", "run", "walk", "speedMs", "thighAbsent"]
for (const [typed, meant] of [
  ["run", "run"],
  ["Run", "run"],
  ["urn", "run"],
  ["wakl", "walk"],
  ["speed_ms", "speedMs"],
  ["sand", "stand"],
  ["thighabsnet", "thighAbsent"],
  ["x", undefined],
  ["fly", undefined],
] as const)
  test(`"${typed}" is likely ${meant ?? "none of them"}`, (t) => t.is(nearest(typed, WORDS), meant))
