/**
 * The tools that the RV32 bench builds and runs with: whether they are there, which versions they are, and the core's image made with
 * them (hosts/rv32/Makefile). What is missing is named with the command that installs it.
 */
import { execFile } from "node:child_process"
import { existsSync } from "node:fs"
import { mkdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"

const run = promisify(execFile)

const PROJECT = fileURLToPath(new URL("../..", import.meta.url))
const CORE_FOLDER = join(PROJECT, "hosts/rv32")
const XS_PACKAGE = join(PROJECT, "node_modules/@agoric/xsnap")
const XS_SOURCES = join(XS_PACKAGE, "moddable/xs")
const BUILD_FOLDER = join(PROJECT, "build/rv32")
export const CORE_IMAGE = join(BUILD_FOLDER, "patella.elf")
/** What the linker put where. */
export const CORE_MAP = join(BUILD_FOLDER, "patella.map")

const COMPILER = "riscv64-unknown-elf-gcc"
export const QEMU = "qemu-system-riscv32"
const LIBRARY_SPECS = "picolibc.specs"

/** Debian's packages by what is asked of them. */
const PACKAGES = {
  make: "make",
  [COMPILER]: "gcc-riscv64-unknown-elf",
  [LIBRARY_SPECS]: "picolibc-riscv64-unknown-elf",
  [QEMU]: "qemu-system-misc",
} as const

export interface Versions {
  compiler: string
  library: string
  qemu: string
  xs: string
}

/** @throws Error naming what is missing and the command that installs it. */
export async function checkTools(): Promise<void> {
  const missing: string[] = []
  for (const command of ["make", COMPILER, QEMU] as const)
    if (!(await firstLine(command, "--version"))) missing.push(PACKAGES[command])
  // The compiler gives a file that it has with its path, and the bare name of one that it has not.
  const specs = await firstLine(COMPILER, `--print-file-name=${LIBRARY_SPECS}`)
  if (!specs || specs === LIBRARY_SPECS) missing.push(PACKAGES[LIBRARY_SPECS])
  if (missing.length > 0)
    throw new Error(
      `The RV32 bench needs ${missing.join(", ")}, which this machine has not: ` +
        `\`sudo apt-get install ${Object.values(PACKAGES).join(" ")}\``,
    )
  if (!existsSync(XS_SOURCES))
    throw new Error("The RV32 bench needs the sources of XS, which npm did not install: `npm ci`")
}

/** What counts depend on, beside the firmware. */
export async function toolVersions(): Promise<Versions> {
  const { stdout: macros } = await run(COMPILER, [
    ...["-march=rv32imc", "-mabi=ilp32", `--specs=${LIBRARY_SPECS}`],
    ...["-dM", "-E", "-include", "picolibc.h", "-x", "c", "/dev/null"],
  ])
  const xs = JSON.parse(await readFile(join(XS_PACKAGE, "package.json"), "utf8")) as { version: string }
  return {
    compiler: (await firstLine(COMPILER, "--version")) ?? "",
    library: `picolibc ${/__PICOLIBC_VERSION__ "?([\d.]+)"?/.exec(macros)?.[1] ?? "unknown"}`,
    qemu: (await firstLine(QEMU, "--version")) ?? "",
    xs: `@agoric/xsnap ${xs.version}`,
  }
}

/** Makes the image, or leaves it as it is when nothing changed. @throws Error with what the compiler said. */
export async function buildCore(): Promise<void> {
  try {
    await mkdir(BUILD_FOLDER, { recursive: true })
    const make = ["make", "-C", CORE_FOLDER, "-j2", "-s", `XS=${XS_SOURCES}`, `OUT=${BUILD_FOLDER}`]
    // Two benches at a time would write the same files: the second waits, and finds them made.
    await run("flock", [join(BUILD_FOLDER, "lock"), ...make])
  } catch (error) {
    throw new Error(`The RV32 core was not built:\n${(error as { stderr?: string }).stderr ?? error}`)
  }
}

/** Undefined when the command is not there or fails. */
async function firstLine(command: string, ...parameters: string[]): Promise<string | undefined> {
  try {
    const { stdout } = await run(command, parameters)
    return stdout.split("\n", 1)[0]?.trim()
  } catch {
    return undefined
  }
}
