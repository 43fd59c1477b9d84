/** docs/security.md names the tests that show what it says: they have to be there. */
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import test from "ava"

const DOCUMENT = new URL("../docs/security.md", import.meta.url)
const [, table = ""] =
  /<!-- threats -->([\s\S]*)<!-- \/threats -->/.exec(readFileSync(DOCUMENT, "utf8")) ?? []
const rows = table
  .trim()
  .split("\n")
  .slice(2)
  .map((line) => line.slice(1, -1).split(" | "))

test("every threat says who can do what, and what shows it", (t) => {
  t.true(rows.length >= 10)
  for (const row of rows) {
    t.is(row.length, 4, row[0])
    t.true(row.every((cell) => cell.trim().length > 0))
  }
})

for (const [who = "", , , shownBy = ""] of rows)
  test(`what is said of ${who.trim()} is tested, or said not to be`, (t) => {
    if (/no test of ours/.test(shownBy)) {
      t.notRegex(shownBy, /"/)
      return
    }
    const [, path = ""] = /\]\(([^)]+)\)/.exec(shownBy) ?? []
    const source = readFileSync(fileURLToPath(new URL(path, DOCUMENT)), "utf8")
    const titles = [...shownBy.matchAll(/"([^"]+)"/g)].map(([, title]) => title)
    t.true(titles.length > 0)
    for (const title of titles) t.true(source.includes(`"${title}"`), title)
  })
