/** What single operations of JavaScript cost in XS on the RV32 core: each snippet in a lap, what surrounds it taken off. */
import { MotionLap } from "../../hosts/rv32/calls"
import { Order, Rv32Core } from "./rv32-core"

const RAM_BYTES = 256 << 10
const CAPTURED = 20
const FIRST_LAP = 100

/** Name → statements before it, and what is metered. `x`, `y`, `z` are local integers. */
const SNIPPETS: Record<string, { before?: string; code: string }> = {
  "local ← local": { code: "x = y" },
  "local ← small constant": { code: "x = 5" },
  "(y · y + 2048) >> 12": { code: "x = (y * y + 2048) >> 12" },
  "if (y > z)": { code: "if (y > z) x = 1" },
  "own property, read": { before: "const o = { a: 1, b: 2, c: 3 }", code: "x = o.b" },
  "own property, write": { before: "const o = { a: 1, b: 2, c: 3 }", code: "o.b = y" },
  "Int32Array, read": { before: "const t = new Int32Array(4)", code: "x = t[2]" },
  "Int32Array, write": { before: "const t = new Int32Array(4)", code: "t[2] = y" },
  "array, read": { before: "const t = [1, 2, 3, 4]", code: "x = t[2]" },
  "call of a function without arguments": { before: "const f = () => 0", code: "f()" },
  "the same with six arguments": { before: "const f = (a, b, c, d, e, g) => 0", code: "f(x, y, z, x, y, z)" },
  [`the same that captures ${CAPTURED} variables`]: {
    before: `${capture("let v$ = $;")} const f = (q) => q ? 0 : ${capture("v$ +")} 0`,
    code: "f(1)",
  },
  "method that reads a private field": {
    before: "class C { #p = 1; get() { return this.#p } } const c = new C()",
    code: "c.get()",
  },
  "y / 2 (a double)": { code: "x = y / 2" },
  "Math.sqrt": { code: "x = Math.sqrt(y)" },
  "{ a, b, c }": { code: "x = { a: y, b: z, c: 1 }" },
}

export async function measureOperations(): Promise<Record<string, number>> {
  const names = Object.keys(SNIPPETS)
  const parts = Object.values(SNIPPETS).map(
    ({ before = "", code }, index) =>
      `(() => { let x = 1, y = 3, z = 7; ${before}; lapBegin(); lapEnd(${MotionLap.empty}); ` +
      `lapBegin(); ${code}; lapEnd(${FIRST_LAP + index}); return x + y + z })();`,
  )
  const core = new Rv32Core()
  try {
    await core.load(`"use strict"; globalThis.handleFirmware = () => { ${parts.join("\n")} }`, RAM_BYTES)
    await core.order(Order.firmware)
    const laps = await core.laps()
    return Object.fromEntries(
      names.map((name, index) => {
        const at = laps.findIndex(({ kind }) => kind === FIRST_LAP + index)
        // The empty lap before it stands in the same surroundings.
        return [name, (laps[at]?.instructions ?? Number.NaN) - (laps[at - 1]?.instructions ?? Number.NaN)]
      }),
    )
  } finally {
    await core.close()
  }
}

/** The text once for each captured variable, `$` its number. */
function capture(text: string): string {
  return Array.from({ length: CAPTURED }, (_, index) => text.replaceAll("$", String(index))).join(" ")
}
