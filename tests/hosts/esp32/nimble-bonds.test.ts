import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import test from "ava"
import { crc32 } from "../../../src/storage/crc32"

const SOURCES = fileURLToPath(new URL("nimble/", import.meta.url))
/** What nimble-bonds.c includes on the chip; nimble/stack.h stands for all of it. */
const HEADERS = ["xsmc.h", "xsHost.h", "host/ble_hs.h", "host/ble_store.h"]
const KEY = Uint8Array.from({ length: 16 }, (_, index) => index + 1)

const folder = mkdtempSync(join(tmpdir(), "nimble-bonds-"))
mkdirSync(join(folder, "host"))
for (const header of HEADERS) writeFileSync(join(folder, header), "")
const program = join(folder, "main")
const flags = ["-std=gnu11", "-Wall", "-Wextra", "-Werror", "-I", folder]
execFileSync("cc", [...flags, "-o", program, join(SOURCES, "main.c")])
const lines = execFileSync(program, { encoding: "utf8" }).split("\n")
rmSync(folder, { recursive: true })
const outcome = (what: string) => lines.find((line) => line.startsWith(`${what}: `))?.slice(what.length + 2)

const check = Buffer.alloc(4)
check.writeUInt32LE(crc32(KEY))

for (const [what, given] of [
  ["public", `0016a4c0ffee0001${check.toString("hex")}`],
  ["public identity", `0016a4c0ffee0001${check.toString("hex")}`],
  ["random identity", `c1a2b3c4d5e60101${check.toString("hex")}`],
  ["short", `c1a2b3c4d5e60100${check.toString("hex")}`],
  ["older", `c1a2b3c4d5e60100${check.toString("hex")}`],
  ["not encrypted", "none"],
  ["keys not kept", "none"],
  ["other link", "none"],
  ["no long-term key", "none"],
] as const) {
  test(`the keys of a link, ${what}`, (t) => t.is(outcome(what), given))
}

test("an address of the wrong length deletes nothing", (t) => {
  t.true(lines.includes("RangeError: address: 6 bytes"))
  t.is(outcome("wrong length"), "-1; keys 2, subscriptions 2, identities 2")
})

test("a phone's keys go with its subscriptions and its place among the radio's identities", (t) => {
  t.is(outcome("one"), "0; keys 1, subscriptions 1, identities 1")
  t.is(outcome("again"), "0; keys 1, subscriptions 1, identities 1")
  t.is(outcome("random"), "0; keys 0, subscriptions 0, identities 0")
})

test("a subscription without keys is deleted too", (t) => {
  t.is(outcome("subscription alone"), "0; keys 0, subscriptions 0, identities 0")
})

test("all keys are deleted, not one of them", (t) => {
  t.is(outcome("all"), "0; keys 0, subscriptions 0, identities 0")
})
