/** The command: a sample of the cuts, in V8 and in XS, and one cut alone. */
import test from "ava"
import { addCuts, noCuts } from "../../../simulator/powercuts/result"
import { inProcess } from "../in-process"

const LOSS_LIMIT_S = 10

test.serial(
  "a sample of the cuts, and of cuts in their recoveries: nothing is lost, nothing made up",
  async (t) => {
    const { code, out, err } = await inProcess(["powercuts", "--json", "--sample", "40"])
    t.is(code, 0, err)
    t.is(err, "")
    const result = JSON.parse(out)
    t.deepEqual(Object.keys(result), ["cuts", "lostClosedRuns", "inventedRecords", "worstOpenLossS"])
    t.true(result.cuts > 100)
    t.deepEqual([result.lostClosedRuns, result.inventedRecords], [0, 0])
    t.true(result.worstOpenLossS > 1 && result.worstOpenLossS <= LOSS_LIMIT_S)
  },
)

test.serial("on XS, as a table", async (t) => {
  const { code, out, err } = await inProcess(["powercuts", "--engine", "xs", "--sample", "3"])
  t.is(code, 0, err)
  t.regex(out, /^ {2}power cuts +3\n {2}closed runs lost +0\n {2}records made up +0\n/)
  t.regex(err, / {2}✔ after 3 power cuts /)
})

test.serial("one cut, as a failed one is named, and one of its recovery", async (t) => {
  for (const cut of ["100,within,37", "100,within,37/1,after,0"]) {
    const { code, out } = await inProcess(["powercuts", "--json", "--only", cut])
    t.is(code, 0)
    t.is(JSON.parse(out).cuts, 1)
  }
})

for (const parameters of [
  ["--only", "100"],
  ["--only", "100,during,0"],
  ["--only", "1,after,0/1,after,0/1,after,0"],
  ["--only", "1,after,0", "--sample", "3"],
  ["--sample", "0"],
  ["--sample", "x"],
])
  test.serial(`refused: ${parameters.join(" ")}`, async (t) => {
    t.is((await inProcess(["powercuts", ...parameters])).code, 2)
  })

test("the failure that is named is the scenario's first, whoever comes first", (t) => {
  const sum = noCuts()
  for (const cut of ["30,after,0", "9,within,99/2,after,0", "200,before,0"])
    addCuts(sum, { ...noCuts(), cuts: 2, failed: 1, worstOpenLossS: cut.length, failure: { cut, wrong: [] } })
  t.like(sum, { cuts: 6, failed: 3, worstOpenLossS: 21, failure: { cut: "9,within,99/2,after,0" } })
})
