/** Runs put on a phone by the app's own code, or as an older version of it left them. */
import { fileURLToPath } from "node:url"
import { build } from "esbuild"
import type { BrowserContext, Page } from "playwright-core"
import { type BackupHead, headText, runText, TAIL_TEXT } from "../../phone/data/backup-file"
import type { KeptDevice, KeptRun } from "../../phone/data/kept"
import type { DataPage } from "../phone/data/page"

declare const page: DataPage

const PAGE = fileURLToPath(new URL("../phone/data/page.ts", import.meta.url))

export interface Seed extends Partial<BackupHead> {
  runs: readonly KeptRun[]
}

/** The backup of a phone that has this. */
export function backupText({ runs, devices = [], scores = [], coach = [], preferences }: Seed): string {
  return [
    headText({ devices, scores, coach, preferences }),
    ...runs.map((run, at) => runText(run, at === 0)),
    TAIL_TEXT,
  ].join("")
}

/** @param beside a page of the app's origin without the app */
export async function seed(context: BrowserContext, beside: string, content: Seed): Promise<void> {
  const window = await windowBeside(context, beside)
  await window.evaluate(async (text) => {
    const data = await page.openData()
    await data.restore(new Blob([text]))
    data.close()
  }, backupText(content))
  await window.close()
}

/** As another window does that is connected to it. @param beside as above */
export async function keepDevice(context: BrowserContext, beside: string, device: KeptDevice): Promise<void> {
  const window = await windowBeside(context, beside)
  await window.evaluate(async (kept) => (await page.openData()).keepDevice(kept), device)
  await window.close()
}

/** @param beside as above. @param days with a run each, in a database of version 1 */
export async function seedVersionOne(context: BrowserContext, beside: string, days: number): Promise<void> {
  const window = await windowBeside(context, beside)
  await window.evaluate((count) => page.makeVersionOne(page.dailyRuns(count)), days)
  await window.close()
}

/** Runs of the last days by the one device that the phone has met, with a pain mark each. @param beside as above. @param days likewise */
export async function seedDevice(context: BrowserContext, beside: string, days: number): Promise<void> {
  const window = await windowBeside(context, beside)
  await window.evaluate(async (count) => {
    const data = await page.openData()
    const [device] = await data.devices()
    if (!device) throw new Error("this phone has met no device")
    const store = data.runStore(device.id)
    const firstUnixS = Math.floor(Date.now() / 1000) - count * 86_400
    for (const { key, record, start } of page.dailyRuns(count, 1, device.id, firstUnixS))
      await store.add(key, record, start)
    data.close()
  }, days)
  await window.close()
}

/** A window with the app's own data and nothing of it on the screen. */
async function windowBeside(context: BrowserContext, beside: string): Promise<Page> {
  const { outputFiles } = await build({ entryPoints: [PAGE], bundle: true, format: "iife", write: false })
  const window = await context.newPage()
  await window.goto(beside)
  await window.evaluate(outputFiles[0]?.text ?? "")
  return window
}
