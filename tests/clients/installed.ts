/**
 * What the tests with real programs need from the system, and what to do about what is missing: ava alone leaves them out and says so; the commands that are
 * about them (`npm run clients`, `npm run page-tests`) fail.
 */
import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import test from "ava"
import { CHROMIUM } from "../../simulator/docs/chromium"
import { PYTHON } from "./bleak-client"

/** By Debian package: is it there? */
const NEEDED = {
  dbus: () => spawnSync("dbus-daemon", ["--version"]).status === 0,
  chromium: () => existsSync(CHROMIUM),
  "python3-bleak": () => spawnSync(PYTHON, ["-c", "import bleak"]).status === 0,
} as const

/** Those commands give it: nothing may be left out. */
const areRequired = process.argv.includes("--required")

/** Declares tests where the packages are installed; otherwise one line says what to install, or, when all are required, fails. */
export function withPackages(
  needs: readonly (keyof typeof NEEDED)[],
  what: string,
  declare: () => void,
  command = "npm run clients",
): void {
  const missing = needs.filter((name) => !NEEDED[name]())
  if (missing.length === 0) {
    declare()
    return
  }
  const remedy = `apt-get install ${missing.join(" ")} && ${command}`
  if (areRequired) test(`${what} cannot run: ${remedy}`, (t) => t.fail())
  else
    test.skip(`${what} left out, ${missing.join(" and ")} missing. To include it: ${remedy}`, (t) => t.fail())
}
