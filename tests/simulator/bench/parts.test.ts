/** The bench's smaller parts: costs, blocks, sizes, tables, and what it says when a tool is missing. */
import { readdirSync } from "node:fs"
import test from "ava"
import { BLOCK_FILES, blockOf } from "../../../simulator/bench/blocks"
import { sizesIn } from "../../../simulator/bench/image-size"
import { costOf } from "../../../simulator/bench/lap-statistics"
import { formatProfile, formatResult, formatStretches } from "../../../simulator/bench/table"
import { checkTools } from "../../../simulator/bench/toolchain"
import { inProcess } from "../in-process"
import { benchResult } from "./bench-result"

/** Shared arithmetic, and words without code. */
const NO_BLOCK = ["fixed-point.ts", "vector.ts"]

test("a cost is the mean, the 99th percentile and the maximum", (t) => {
  const counts = Array.from({ length: 200 }, (_, index) => index + 1)
  t.deepEqual(costOf([...counts].reverse()), { mean: 101, p99: 198, max: 200 })
  t.deepEqual(costOf([7]), { mean: 7, p99: 7, max: 7 })
  t.throws(() => costOf([]), { message: /no lap was metered/ })
})

test("each file of the motion pipeline belongs to one block", (t) => {
  const files = readdirSync("src/motion").filter((name) => !NO_BLOCK.includes(name))
  t.true(files.length > 40)
  for (const name of files) t.notThrows(() => blockOf(`src/motion/${name}`), name)
  const listed = Object.values(BLOCK_FILES).flat()
  t.is(new Set(listed).size, listed.length, "none is listed twice")
  for (const name of listed) t.true(files.includes(`${name}.ts`), `${name} is a file`)
  t.is(blockOf("src/run/histogram.ts"), "run")
  t.throws(() => blockOf("src/motion/newcomer.ts"), { message: /newcomer.*belongs to no block/ })
})

test("the linker's map is added up by owner; what was thrown away does not count", (t) => {
  const map = `Discarded input sections
 .text.fxGone   0x00000000      0x100 /p/build/rv32/xs/xsRun.o
Linker script and memory map
 .text.fxRunID  0x80001000       0x20 /p/build/rv32/xs/xsRun.o
 .rodata.names  0x80002000       0x10 /p/build/rv32/xs/xsCode.o
 .text.a_name_that_is_long
                0x80003000        0x8 /p/build/rv32/host/wire.o
 .text          0x80004000        0x4 /usr/lib/libc.a(memcpy.o)
 .bss.laps      0x80400000        0x6 /p/build/rv32/host/meter.o
`
  t.deepEqual(sizesIn(map), {
    code: { engine: 0x20, parser: 0x10, host: 8, libraries: 4 },
    data: { engine: 0, parser: 0, host: 6, libraries: 0 },
  })
})

test("the tables show what was measured", (t) => {
  const text = formatResult(benchResult())
  for (const shown of [
    "40,000",
    "120,000",
    "15,000",
    "Status",
    "3.7 % pipeline",
    "342,000",
    "1,600 bytes, 0 collections",
    "700 × real time",
  ])
    t.true(text.includes(shown), shown)
  t.regex(
    formatProfile([
      { name: "a.ts:f", callsPerSample: 0.5, instructions: 1200.4, instructionsPerCall: 2400.8 },
    ]),
    /a\.ts:f\s+1,200\s+0\.500\s+2,401/,
  )
  const { memory, fifoBatch } = benchResult().rv32
  const stretch = { minute: 180, fifoBatch, memory: memory.min60 as never, garbageCollections: 0 }
  t.regex(formatStretches([stretch]), /3\s+800,000\s+900,000\s+1,000,000\s+55,200\s+60,000\s+0/)
})

test.serial("a machine without the tools is told what to install", async (t) => {
  const { PATH } = process.env
  process.env.PATH = "/nowhere"
  t.teardown(() => {
    process.env.PATH = PATH
  })
  await t.throwsAsync(checkTools(), {
    message:
      "The RV32 bench needs make, gcc-riscv64-unknown-elf, qemu-system-misc, picolibc-riscv64-unknown-elf, which this machine has not: " +
      "`sudo apt-get install make gcc-riscv64-unknown-elf picolibc-riscv64-unknown-elf qemu-system-misc`",
  })
  const { code, err } = await inProcess(["bench"])
  t.is(code, 1)
  t.regex(err, /apt-get install make gcc-riscv64-unknown-elf/)
})

test.serial("options that exclude each other are refused", async (t) => {
  for (const parameters of [
    ["--check", "--accept"],
    ["--profile", "--check"],
    ["--profile", "--hours", "3"],
    ["--step", "less", "--accept"],
    ["--hours", "0"],
    ["--hours", "1.5"],
  ]) {
    const { code, out } = await inProcess(["bench", ...parameters])
    t.is(code, 2, parameters.join(" "))
    t.is(out, "")
  }
})
