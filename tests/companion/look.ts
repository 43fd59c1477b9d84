/** What is looked at on every screen, whatever it shows: axe finds nothing against it, and it is as wide as the window. */
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import type { ExecutionContext } from "ava"
import type { AxeResults } from "axe-core"
import type { OpenApp } from "./open-app"

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")

/** By axe, and whether all of it fits the screen's width. */
export async function look(t: ExecutionContext, { page }: OpenApp, where: string): Promise<void> {
  await page.evaluate(AXE)
  const { violations } = (await page.evaluate(
    "axe.run(document, { resultTypes: ['violations'] })",
  )) as AxeResults
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`,
  )
  t.deepEqual(found, [], where)
  t.true((await page.evaluate("document.documentElement.scrollWidth - innerWidth")) === 0, `width, ${where}`)
}

/** In both schemes. */
export async function lookByDayAndNight(t: ExecutionContext, app: OpenApp, where: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await app.page.emulateMedia({ colorScheme, reducedMotion: "reduce" })
    await look(t, app, `${where}, ${colorScheme}`)
  }
}
