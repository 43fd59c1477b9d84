/** Runs a C file of the hosts on this machine: compiled with what stands for the chip under it, its headers empty beside that. */
import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const SOURCES = fileURLToPath(new URL(".", import.meta.url))
const HOSTS = fileURLToPath(new URL("../../../../hosts/esp32/", import.meta.url))
/** Of the C library: the machine's own. */
const OWN = ["stdint.h", "stdlib.h", "string.h"]

/** @returns the outcome by what was done, of lines "what: outcome". @throws Error on a warning of the compiler, and when an assertion fails */
export function outcomes(main: string, source: string, ...defines: string[]): Map<string, string> {
  const folder = mkdtempSync(join(tmpdir(), "patella-c-"))
  try {
    for (const [, header = ""] of readFileSync(join(HOSTS, source), "utf8").matchAll(
      /^#include ["<](.+)[">]/gm,
    )) {
      if (OWN.includes(header)) continue
      mkdirSync(join(folder, dirname(header)), { recursive: true })
      writeFileSync(join(folder, header), "")
    }
    const flags = [
      "-std=gnu11",
      "-Wall",
      "-Wextra",
      "-Werror",
      "-I",
      folder,
      ...defines.map((name) => `-D${name}`),
    ]
    const program = join(folder, "main")
    execFileSync("cc", [...flags, "-o", program, join(SOURCES, main)], { stdio: "pipe" })
    const lines = execFileSync(program, { encoding: "utf8" }).trimEnd().split("\n")
    return new Map(lines.map((line) => line.split(/: (.*)/s).slice(0, 2) as [string, string]))
  } finally {
    rmSync(folder, { recursive: true })
  }
}
