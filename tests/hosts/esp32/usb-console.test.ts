import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import test from "ava"

const SOURCES = fileURLToPath(new URL("usb/", import.meta.url))
/** What usb-console.c includes on the chip; usb/stack.h stands for all of it. */
const HEADERS = ["xsmc.h", "xsHost.h", "freertos/FreeRTOS.h", "freertos/task.h", "driver/usb_serial_jtag.h"]
const ESP_ERR_NO_MEM = 0x101
const ESP_ERR_INVALID_STATE = 0x103

const folder = mkdtempSync(join(tmpdir(), "usb-console-"))
for (const name of ["freertos", "driver"]) mkdirSync(join(folder, name))
for (const header of HEADERS) writeFileSync(join(folder, header), "")
const program = join(folder, "main")
const flags = ["-std=gnu11", "-Wall", "-Wextra", "-Werror", "-I", folder]
execFileSync("cc", [...flags, "-o", program, join(SOURCES, "main.c")])
const lines = execFileSync(program, { encoding: "utf8" }).trimEnd().split("\n")
rmSync(folder, { recursive: true })
const after = (what: string) => lines.slice(lines.findIndex((line) => line.startsWith(what)) + 1)

test("a port that the debugger has, or that is open, is refused; what was begun is taken back", (t) => {
  t.true(lines.includes(`the debugger has it: ${ESP_ERR_INVALID_STATE}`))
  t.true(lines.includes(`no memory for a task: ${ESP_ERR_NO_MEM}, driver 0`))
  t.true(lines.includes("open: 0"))
  t.true(lines.includes(`open twice: ${ESP_ERR_INVALID_STATE}`))
})

test("what comes is handed to the reader in packets, in order, none lost while the machine is busy", (t) => {
  const calls = after("open twice")
  t.is(calls[0], "call: reader.take(status\r)")
  const packet = `call: reader.take(${"m".repeat(64)})`
  t.deepEqual(calls.slice(1, 7), ["task waits for the machine", packet, packet, packet, packet, packet])
})

test("what the driver has no room for is not taken, and nothing beyond the bytes is read", (t) => {
  t.true(lines.includes("write part: 3, 234"))
  t.true(lines.includes("write much: 192"))
  t.true(lines.includes("write when full: 0"))
  t.true(lines.includes("RangeError: console: not within the bytes"))
})

test("after it was closed nobody is called, also not for what was on its way; then it can be opened again", (t) => {
  t.deepEqual(after("write outside"), ["open again: 0", "call: reader.take(back\r)"])
})
