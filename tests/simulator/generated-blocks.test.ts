/** How text that a command makes gets into a document: whole blocks, shortened output, tables. */
import test from "ava"
import { shortened } from "../../simulator/docs/command-output"
import { blocksOf, fillBlocks, withoutClockwork } from "../../simulator/docs/generated-blocks"
import { markdownTable } from "../../simulator/docs/markdown-table"

const MARKED = "a\n<!-- generated: x -->\nold\n<!-- end of x -->\nb\n"

test("a generated part is replaced, what surrounds it stays", (t) => {
  const filled = "a\n<!-- generated: x -->\n\nnew\n\n<!-- end of x -->\nb\n"
  t.is(fillBlocks("d.md", MARKED, { x: "new" }), filled)
  t.is(fillBlocks("d.md", filled, { x: "new" }), filled)
  t.deepEqual(blocksOf("d.md", filled), new Map([["x", "new"]]))
})

test("text with $ signs goes in as it is", (t) => {
  t.true(fillBlocks("d.md", MARKED, { x: "$& $1" }).includes("\n$& $1\n"))
})

test("what only the clock changed is left as it stands", (t) => {
  const before = fillBlocks("d.md", MARKED, {
    x: "run took 0.7 s here, 280 × real time.\n\nPrinted on 2026-01-02 by A.",
  })
  const after = (x: string) => fillBlocks("d.md", before, { x })
  t.is(after("run took 12.0 s here, 1,280 × real time.\n\nPrinted on 2027-01-02 by B."), before)
  t.not(after("walk took 0.7 s here, 280 × real time.\n\nPrinted on 2026-01-02 by A."), before)
  t.is(withoutClockwork("162 strides"), "162 strides")
})

const broken: [what: string, document: string, texts: Record<string, string>, message: RegExp][] = [
  ["a part that nothing writes", MARKED, {}, /d\.md: nothing writes .*"x"/],
  ["a text without a place", MARKED, { x: "", y: "" }, /d\.md: no place .*y/],
  ["a part that does not end", "<!-- generated: x -->\nold\n", { x: "" }, /d\.md: 1 marks for 0/],
  ["an end of another name", "<!-- generated: x -->\n<!-- end of y -->", { x: "" }, /d\.md: 2 marks for 0/],
  ["a part that is there twice", MARKED + MARKED, { x: "" }, /d\.md: 4 marks for 1/],
]
for (const [what, document, texts, message] of broken) {
  test(`${what} is an error that names the document`, (t) => {
    t.throws(() => fillBlocks("d.md", document, texts), { message })
  })
}

test("of `npm test` its commands and sums are shown, not each test and file", (t) => {
  const lines = [
    "npm warn Unknown something",
    "",
    "> patella@0.1.0 unit",
    "> c8 ava",
    "  ✔ run › a thing is so (1.2s)",
    "    ℹ what it logged",
    "error: what a test provoked",
    "  ✔ run › another is so",
    "  ─",
    "",
    "  2 tests passed",
    "-----------|---------|",
    "File       | % Lines |",
    "All files  |   97.12 |   ",
    " src       |      98 |",
    "  main.ts  |      99 |",
    "-----------|---------|",
  ]
  const kept = [
    "> c8 ava",
    "  …",
    "  2 tests passed",
    "File       | % Lines |",
    "All files  |   97.12 |",
    "  …",
  ]
  t.is(shortened(lines.join("\n")), kept.join("\n"))
})

test("a bar within a table's cell is escaped", (t) => {
  t.is(markdownTable(["a", "b"], [["1|2", "3"]]), "| a | b |\n|---|---|\n| 1\\|2 | 3 |")
})
