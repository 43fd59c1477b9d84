/**
 * What the real clients need from the system, and what to do about what is missing: `npm test` leaves their tests out and says so; `npm run clients` fails.
 */
import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import test from "ava"
import { PYTHON } from "./bleak-client"

export const CHROMIUM = "/usr/bin/chromium"

/** By Debian package: is it there? */
const NEEDED = {
  dbus: () => spawnSync("dbus-daemon", ["--version"]).status === 0,
  chromium: () => existsSync(CHROMIUM),
  "python3-bleak": () => spawnSync(PYTHON, ["-c", "import bleak"]).status === 0,
} as const

/** `npm run clients` gives it: nothing may be left out. */
const areRequired = process.argv.includes("--required")

/** Declares tests where the packages are installed; otherwise one line says what to install, or, when all are required, fails. */
export function withPackages(
  needs: readonly (keyof typeof NEEDED)[],
  what: string,
  declare: () => void,
): void {
  const missing = needs.filter((name) => !NEEDED[name]())
  if (missing.length === 0) {
    declare()
    return
  }
  const remedy = `apt-get install ${missing.join(" ")} && npm run clients`
  if (areRequired) test(`${what} cannot run: ${remedy}`, (t) => t.fail())
  else
    test.skip(`${what} left out, ${missing.join(" and ")} missing. To include it: ${remedy}`, (t) => t.fail())
}
