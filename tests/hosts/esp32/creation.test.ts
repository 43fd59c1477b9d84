/** What each board gives to XS, against what the firmware took in the bench (docs/performance-report.json). */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import test from "ava"
import { BOARDS } from "./boards"
import { ROOT } from "./moddable-manifest"

/** For the hosts' own objects and the SDK's, which the bench does not have, and an XS that is newer than the bench's. */
const MARGIN = 1.25
/** The stack is checked by nobody while it runs. */
const STACK_MARGIN = 1.2
const SLOT_BYTES = 16

interface Memory {
  slots: number
  chunkBytes: number
  stackSlots: number
  reservedBytes: number
}

const report = JSON.parse(readFileSync(join(ROOT, "docs/performance-report.json"), "utf8"))
const memories = Object.values<Memory>(report.result.rv32.memory)
const most = (of: keyof Memory) => Math.max(...memories.map((memory) => memory[of]))
const benchStack = Number(
  /\bFIRMWARE = \{.*?\.stackCount = (\d+)/s.exec(
    readFileSync(join(ROOT, "hosts/rv32/machines.c"), "utf8"),
  )?.[1],
)

for (const board of BOARDS) {
  const { creation } = JSON.parse(readFileSync(join(ROOT, "hosts/esp32", board, "manifest.json"), "utf8"))

  test(`${board}: XS has what the whole firmware took, and a quarter more`, (t) => {
    t.true(memories.length > 0)
    t.true(
      creation.static >= MARGIN * most("reservedBytes"),
      `${most("reservedBytes")} of ${creation.static} bytes`,
    )
  })

  test(`${board}: it begins with what the firmware needs at its start, so that it does not grow step by step`, (t) => {
    t.true(creation.heap.initial >= most("slots"), `${most("slots")} slots`)
    t.true(creation.chunk.initial >= most("chunkBytes"), `${most("chunkBytes")} bytes`)
    t.true(creation.heap.incremental > 0 && creation.chunk.incremental > 0)
    const { chunk, heap, stack } = creation
    t.true(chunk.initial + SLOT_BYTES * (heap.initial + stack) <= creation.static)
  })

  test(`${board}: the stack is the bench's, and has room beyond the deepest call`, (t) => {
    t.is(creation.stack, benchStack)
    t.true(creation.stack >= STACK_MARGIN * most("stackSlots"), `${most("stackSlots")} slots`)
  })
}
