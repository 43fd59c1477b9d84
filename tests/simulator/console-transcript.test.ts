/** What docs/console.md shows: every command, and the same in either engine. */
import test from "ava"
import { consoleTranscript, shortened, TYPED } from "../../simulator/console/transcript"
import { COMMANDS } from "../../src/console/console-commands"

test("every command is typed once, and one that there is not", (t) => {
  for (const { words } of COMMANDS)
    t.true(
      TYPED.some((line) => `${line} `.startsWith(`${words} `)),
      words,
    )
  t.true(
    TYPED.some(
      (line) => line !== "yes" && line !== "no" && !COMMANDS.some(({ words }) => line.startsWith(words)),
    ),
  )
})

test("the console says the same in V8 as in XS, to the last sample", async (t) => {
  const [node, xs] = await Promise.all([consoleTranscript("node"), consoleTranscript("xs")])
  t.is(node, xs)
  t.true(TYPED.every((line) => node.includes(`# ${line}\n`) || node.includes(`do so: ${line}\n`)))
})

test("of many rows of samples the first are shown, of other lines all", (t) => {
  const rows = ["1.0,0.1", "1.1,-0.2", "1.2,0.3", "1.3,0.4", "1.4,0.5"]
  const shown = shortened(["# record 1", "time_s,ax_g", ...rows, "# 5 samples"].join("\n"))
  t.is(shown, ["# record 1", "time_s,ax_g", ...rows.slice(0, 3), "…", "# 5 samples"].join("\n"))
})
