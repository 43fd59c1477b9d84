/** The whole firmware asked random and mutated things, some thousands at each test from another seed; `npm run fuzz` asks a million. */
import test, { type ExecutionContext } from "ava"
import type { EngineName } from "../../simulator/engine/engine"
import { HEAP_GROWTH_LIMIT } from "../../simulator/fuzz/command"
import { fuzzLane } from "../../simulator/fuzz/lane"
import { heapGrowth } from "../../simulator/fuzz/result"

const SEEDS = 2 ** 31

async function fuzzed(t: ExecutionContext, engine: EngineName, operations: number): Promise<number> {
  const seed = Math.floor(Math.random() * SEEDS)
  const result = await fuzzLane({ engine, operations, seed })
  const { failure } = result
  t.is(failure, undefined, `seed ${seed}; again: --seed ${failure?.seed} --path ${failure?.path}`)
  t.true(result.operations >= operations)
  return heapGrowth(result)
}

test("thousands of random requests change no record, throw nothing and count no fault", async (t) => {
  await fuzzed(t, "node", 4000)
})

test("hundreds of random requests leave XS's live heap as it is, and change nothing there either", async (t) => {
  const growth = await fuzzed(t, "xs", 500)
  t.true(growth <= HEAP_GROWTH_LIMIT.xs, `${growth} bytes`)
})
