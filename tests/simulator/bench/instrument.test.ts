/** An instrumented bundle does what it did, and tells the profiler of each function's beginning and end. */
import { runInNewContext } from "node:vm"
import test from "ava"
import { instrument } from "../../../simulator/bench/instrument"

const BUNDLE = `(() => {
  // src/motion/a.ts
  function twice(x) {
    return x * 2;
  }
  var add = (a, b) => a + b;
  var pair = (a) => ({ a, twice: () => twice(a) });
  var last = (a, b) => (a, b);
  var lastOf = function (a, b) {
    return (a, b);
  };
  var Counter = class {
    #count = 0;
    constructor() {
      this.#count = 1;
    }
    get count() {
      return this.#count;
    }
    rise(by) {
      if (!by) return;
      for (const step of [by]) this.#count += step;
    }
  };

  // src/run/b.ts
  function outside(x) {
    return twice(x) + 1;
  }
  globalThis.result = [twice(4), add(1, 2), pair(5).twice(), outside(1), last(6, 7), lastOf(8, 9)];
  const counter = new Counter();
  counter.rise();
  counter.rise(3);
  globalThis.result.push(counter.count);
})();`

/** Runs it; what it leaves in `result`, and the functions entered, each with a mark when it was left. */
function run(source: string): { result: number[]; calls: string[]; depth: number } {
  const calls: string[] = []
  let depth = 0
  const context = {
    result: [] as number[],
    profileEnter(id: number) {
      depth++
      calls.push(names[id] ?? `?${id}`)
    },
    profileLeave<Given>(value: Given): Given {
      depth--
      return value
    },
  }
  let names: string[] = []
  const instrumented = instrument(source, ["src/motion"])
  names = instrumented.names
  runInNewContext(instrumented.source, context)
  return { result: context.result, calls, depth }
}

test("it gives the same results, and each function that was entered is left", (t) => {
  const { result, depth } = run(BUNDLE)
  t.deepEqual([...result], [8, 3, 10, 3, 7, 9, 4])
  t.is(depth, 0)
})

test("functions are named by file and name, those of other folders are left alone", (t) => {
  const { calls } = run(BUNDLE)
  t.deepEqual(calls, [
    "src/motion/a.ts:twice",
    "src/motion/a.ts:add",
    "src/motion/a.ts:pair",
    "src/motion/a.ts:twice",
    "src/motion/a.ts:twice",
    "src/motion/a.ts:twice",
    "src/motion/a.ts:last",
    "src/motion/a.ts:lastOf",
    "src/motion/a.ts:constructor",
    "src/motion/a.ts:rise",
    "src/motion/a.ts:rise",
    "src/motion/a.ts:get count",
  ])
})

test("files that are left out are left alone", (t) => {
  t.is(instrument(BUNDLE, ["src/motion"], ["src/motion/a.ts"]).source, BUNDLE)
})
