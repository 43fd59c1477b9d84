/** Runs put on a phone by the app's own code, or as an older version of it left them. */
import { fileURLToPath } from "node:url"
import { build } from "esbuild"
import type { BrowserContext } from "playwright-core"
import type { DataPage } from "../phone/data/page"

declare const page: DataPage

const PAGE = fileURLToPath(new URL("../phone/data/page.ts", import.meta.url))

/** @param beside a page of the app's origin without the app. @param days with a run each, in a database of version 1 */
export async function seedVersionOne(context: BrowserContext, beside: string, days: number): Promise<void> {
  const { outputFiles } = await build({ entryPoints: [PAGE], bundle: true, format: "iife", write: false })
  const window = await context.newPage()
  await window.goto(beside)
  await window.evaluate(outputFiles[0]?.text ?? "")
  await window.evaluate((count) => page.makeVersionOne(page.dailyRuns(count)), days)
  await window.close()
}
