/** What the bench refuses: a count that rose past the baseline, another tool, a figure that is gone, a budget that is missed. */
import test from "ava"
import { type Baseline, baselineOf, compared } from "../../../simulator/bench/baseline"
import { budgetsOf } from "../../../simulator/bench/budgets"
import { benchResult } from "./bench-result"

const VERSIONS = { compiler: "gcc 12.2.0", library: "picolibc 1.8", qemu: "QEMU 7.2.22", xs: "xsnap 0.15.0" }
const ACCEPTED: Baseline = { versions: VERSIONS, counts: { "rv32.instructions": 50_000, "rv32.none": 0 } }
const with_ = (counts: Record<string, number>): Baseline => ({
  versions: VERSIONS,
  counts: { ...ACCEPTED.counts, ...counts },
})

test("the same counts, fewer, and up to 2 % more are well", (t) => {
  t.deepEqual(compared(ACCEPTED, ACCEPTED), [])
  t.deepEqual(compared(with_({ "rv32.instructions": 10 }), ACCEPTED), [])
  t.deepEqual(compared(with_({ "rv32.instructions": 51_000 }), ACCEPTED), [])
})

test("a count that rose by more is told with both figures", (t) => {
  t.deepEqual(compared(with_({ "rv32.instructions": 51_001 }), ACCEPTED), [
    "rv32.instructions: 51001, up from 50000",
  ])
  t.deepEqual(compared(with_({ "rv32.none": 1 }), ACCEPTED), ["rv32.none: 1, up from 0"])
})

test("another version of a tool is named, and nothing is compared", (t) => {
  const elsewhere = {
    versions: { ...VERSIONS, qemu: "QEMU 8.0.0" },
    counts: { ...ACCEPTED.counts, "rv32.instructions": 1 },
  }
  t.deepEqual(compared(elsewhere, ACCEPTED), [
    "the baseline was counted with QEMU 7.2.22; here is QEMU 8.0.0",
  ])
})

test("a figure that only one of the two has is told", (t) => {
  t.deepEqual(compared({ versions: VERSIONS, counts: { "rv32.none": 0 } }, ACCEPTED), [
    "rv32.instructions: not measured any more; the baseline has 50000",
  ])
  t.deepEqual(compared(with_({ "rv32.new": 1 }), ACCEPTED), ["rv32.new: 1, which the baseline does not have"])
})

test("a baseline has the counts of the bench's result by their path", (t) => {
  const { counts, versions } = baselineOf(benchResult())
  t.is(counts["rv32.instructionsPerSample.mean"], 40_000)
  t.is(counts["rv32.blocks.orientation"], 15_000)
  t.is(counts["references.orientation.c"], 400)
  t.is(counts["storage.1000.boot.reads"], 1090)
  t.false(
    Object.keys(counts).some((name) => name.startsWith("xs.")),
    "a machine's speed is no count",
  )
  t.deepEqual(versions, benchResult().versions)
})

test("budgets are met by the result, and missed by one that is dearer", (t) => {
  const missed = (result: ReturnType<typeof benchResult>) =>
    budgetsOf(result)
      .filter(({ measured, limit }) => measured > limit)
      .map(({ what }) => what)
  t.deepEqual(missed(benchResult()), [])
  const dear = benchResult()
  dear.rv32.instructionsPerSample = { mean: 50_001, p99: 1, max: 150_001 }
  dear.rv32.softFloatCalls = 1
  dear.rv32.allocatingSamples = 1
  dear.rv32.gcPerHour = 0.5
  dear.rv32.memory = { min60: { ...Object.values(dear.rv32.memory)[0], reservedBytes: 65_537 } as never }
  const [few, most] = dear.storage
  if (!few || !most) throw new Error("the made-up result has no storage")
  most.append.instructions = 1.051 * few.append.instructions
  most.boot.reads = 1500
  t.is(missed(dear).length, budgetsOf(dear).length)
})
