/** All that is kept, as files for the wearer: a backup that Patella reads again, and tables for a spreadsheet. */
import type { CompanionData } from "../data/companion-data"
import type { KeptRun } from "../data/kept"
import type { Kept } from "./app-state"
import { fileOf, save, share } from "./hand-over"

type Progress = (share: number) => void

/** @returns what became of it, as a sentence */
export async function saveBackup(data: CompanionData, progress: Progress): Promise<string> {
  const backup = await data.backup(progress)
  return handOver(new File([backup], fileName("backup", "json"), { type: backup.type }))
}

/** A row a run. @returns what became of it, as a sentence */
export async function saveRunTable(data: CompanionData, kept: Kept, progress: Progress): Promise<string> {
  const { runsCsv } = await import("../export/csv")
  const text = runsCsv(await allRuns(data, kept, progress), kept.devices, kept.scores)
  return handOver(fileOf(text, fileName("runs", "csv"), "csv"))
}

/** A row a block of each run's time line. @returns what became of it, as a sentence */
export async function saveBlockTable(data: CompanionData, kept: Kept, progress: Progress): Promise<string> {
  const { blocksCsv } = await import("../export/csv")
  const text = blocksCsv(await allRuns(data, kept, progress), kept.devices)
  return handOver(fileOf(text, fileName("minutes", "csv"), "csv"))
}

/** "patella-backup-2026-05-03.json", by the phone's day. */
function fileName(what: string, ending: string): string {
  const now = new Date()
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
  const day = parts.map((part) => String(part).padStart(2, "0")).join("-")
  return `patella-${what}-${day}.${ending}`
}

async function handOver(file: File): Promise<string> {
  // An app on an iPhone's home screen has no downloads; what it shares, the phone itself shows.
  if ("standalone" in navigator && navigator.canShare?.({ files: [file] })) {
    await share(file)
    return ""
  }
  save(file)
  return `${file.name} is in your downloads.`
}

/** Oldest first, as a table grows. */
async function allRuns(data: CompanionData, { digests }: Kept, progress: Progress): Promise<KeptRun[]> {
  const runs: KeptRun[] = []
  for (const { key } of [...digests].reverse()) {
    const run = await data.run(key)
    if (run) runs.push(run)
    progress(runs.length / digests.length)
  }
  return runs
}
