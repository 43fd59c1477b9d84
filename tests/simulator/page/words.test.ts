/** What the page says: actions, errors against the truth, the flash, and its own address. */
import test from "ava"
import { addressOf, seedFrom, wishFrom } from "../../../simulator/page/address"
import { blockCells, useCounts } from "../../../simulator/page/flash-grid"
import { type Compared, compared, errorWords } from "../../../simulator/page/totals"
import type { Report } from "../../../simulator/serve/messages"
import type { Action } from "../../../simulator/simulation/action"
import { actionWords, faultWords } from "../../../simulator/simulation/action-words"

const ACTIONS: [Action, string][] = [
  [{ do: "loseLink", forS: 20 }, "link lost for 20 s"],
  [{ do: "cutPower", forS: 3 }, "power cut for 3 s"],
  [{ do: "restart", kind: "crash" }, "crash: restart"],
  [{ do: "slipStrap", angleDeg: 12, around: "thigh" }, "strap turned by 12° around the thigh"],
  [{ do: "slipStrap", angleDeg: 12, around: "knee" }, "strap tipped by 12°"],
  [{ do: "fault", fault: "thighAbsent" }, "thigh absent"],
  [{ do: "fault", fault: "thighAbsent", on: false }, "thigh absent: mended"],
  [{ do: "fillFlash" }, "flash filled with runs"],
  [{ do: "battery", mv: 3300, supply: true }, "cell at 3.30 V, USB connected"],
  [{ do: "battery", supply: false }, "USB taken away"],
  [{ do: "press", button: "double" }, "button pressed twice"],
  [{ do: "set", setting: "thresholdDeg", value: 35 }, "thresholdDeg set to 35"],
]
for (const [action, words] of ACTIONS)
  test(`an action reads: ${words}`, (t) => t.is(actionWords(action), words))

test("a name of the code reads as words", (t) => t.is(faultWords("thighOtherChip"), "thigh other chip"))

const row = (device: number, truth: number | undefined, isAngle = false): Compared =>
  truth === undefined ? { name: "", device, isAngle } : { name: "", device, truth, isAngle }
for (const [compare, words] of [
  [row(103, 100), "+3 (3 %)"],
  [row(97, 100), "−3 (3 %)"],
  [row(100, 100), "exact"],
  [row(2, 0), "+2"],
  [row(44.14, 43, true), "+1.1°"],
  [row(41.9, 43, true), "−1.1°"],
  [row(43.04, 43, true), "exact"],
  [row(5, undefined), "not known"],
] as const) {
  test(`${compare.device} beside ${compare.truth} is off by: ${words}`, (t) =>
    t.is(errorWords(compare), words))
}

const run = (strides: number, peakFlexionMedianDeg: number, past30: number) => ({
  strides,
  peakFlexionMedianDeg,
  compressionsByDepth: { 30: past30, 35: 0, 40: 0, 45: 0, 50: 0 },
})
const report = (runs: ReturnType<typeof run>[], truth?: Report["truth"]) =>
  ({ json: { runs }, ...(truth ? { truth } : {}) }) as unknown as Report

test("the runs are added up, and their deepest bends averaged by their strides", (t) => {
  const rows = compared(
    report([run(100, 40, 90), run(300, 44, 310)], {
      strides: 401,
      compressionsByDepth: { 30: 399 },
      peakFlexionMedianDeg: 42,
    }),
  )
  t.like(rows[0], { name: "strides", device: 400, truth: 401 })
  t.like(rows[1], { name: "compressions past 30°", device: 400, truth: 399 })
  t.like(rows.at(-1), { device: 43, truth: 42, isAngle: true })
})

test("where nobody knows what happened, the device's counts stand alone; where nobody ran, there is nothing", (t) => {
  t.true(compared(report([run(10, 40, 9)])).every(({ truth }) => truth === undefined))
  t.deepEqual(compared(report([])), [])
})

test("a run that the device missed shows as nothing counted", (t) => {
  const [strides] = compared(
    report([], { strides: 80, compressionsByDepth: { 30: 80 }, peakFlexionMedianDeg: 44 }),
  )
  t.like(strides, { device: 0, truth: 80 })
})

test("blocks have their use, their wear by the most worn, and the runs that lie in them", (t) => {
  const cells = blockCells({
    blocks: "jafx",
    erases: [4, 1, 0, 2],
    runs: [
      { id: 3, blocks: [1] },
      { id: 4, blocks: [1] },
    ],
    usedShare: 0.5,
  })
  t.deepEqual(
    cells.map(({ use, wear }) => [use, wear]),
    [
      ["journal", 1],
      ["archive", 0.25],
      ["free", 0],
      ["bad", 0.5],
    ],
  )
  t.deepEqual(cells[1]?.runs, [3, 4])
  t.deepEqual(
    useCounts(cells).find(({ use }) => use === "bad"),
    { use: "bad", blocks: 1 },
  )
  t.throws(() => blockCells({ blocks: "a?", erases: [], runs: [], usedShare: 0 }), {
    message: 'flash block 1: "?" stands for no use',
  })
})

test("an address asks for what another address was made of", (t) => {
  const address = addressOf("/", { from: "scenario", name: "first-run", seed: 12 }, "most")
  t.deepEqual(wishFrom(address.slice(1)), { scenario: "first-run", seed: 12, speed: "most" })
  t.is(addressOf("/", { from: "recording", fileName: "mine.csv" }, 1), "/")
})

test("an address that makes no sense asks for nothing", (t) => {
  t.deepEqual(wishFrom("?seed=-3&speed=1000&scenario=&other=%E0%A4%A"), {})
})

for (const [text, seed] of [
  ["7", 7],
  [" 12 ", 12],
  ["", undefined],
  ["1.5", undefined],
  ["-1", undefined],
  ["abc", undefined],
] as const) {
  test(`"${text}" is ${seed === undefined ? "no seed" : `seed ${seed}`}`, (t) => t.is(seedFrom(text), seed))
}
