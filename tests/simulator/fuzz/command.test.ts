/** `npm run fuzz`: what it prints, and what it refuses. */
import test from "ava"
import { inProcess } from "../in-process"

test.serial("a few operations, as JSON", async (t) => {
  const { code, out, err } = await inProcess(["fuzz", "--operations", "400", "--seed", "3", "--json"])
  t.is(code, 0, err)
  t.is(err, "")
  const { engine, seed, operations, sequences, failure, ...rest } = JSON.parse(out)
  t.deepEqual([engine, seed, failure], ["node", 3, null])
  t.true(operations >= 400 && sequences > 1)
  t.deepEqual(Object.keys(rest), ["heapGrowthBytes"])
})

test.serial("one sequence alone, as a failure names it", async (t) => {
  const { code, err } = await inProcess(["fuzz", "--seed", "3", "--path", "0"])
  t.is(code, 0, err)
  t.regex(err, / {2}✔ this sequence does no harm\n$/)
})

for (const parameters of [
  ["--operations", "0"],
  ["--operations", "many"],
  ["--seed", "x"],
  ["--engine", "v9"],
  ["--path", "0", "--operations", "3"],
  ["--path", ""],
])
  test.serial(`refused: ${parameters.join(" ")}`, async (t) => {
    t.is((await inProcess(["fuzz", ...parameters])).code, 2)
  })
