/**
 * What a backup is: one JSON text that says what it is, then has the devices, scores, entries of the coach and preferences, and the runs, each with its record as
 * base64 and the record's CRC-32. What is read from it is checked field by field (backup-rows.ts).
 */
import { crc32 } from "../../src/storage/crc32"
import { BackupFields, damage } from "./backup-fields"
import { coachEntryOf, deviceOf, preferencesOf, runOf, scoreOf } from "./backup-rows"
import { DataError } from "./companion-data"
import type { KeptCoachEntry, KeptDevice, KeptRun, PainScore, Preferences } from "./kept"

const FORMAT = "patella-backup"
const VERSION = 1
/** Ten years of an hour's run a day make 6 MB; and the whole text has to fit into a phone's memory. */
export const LARGEST_BACKUP_BYTES = 128 * 1024 * 1024
/** How many bytes become characters at once: each is a parameter of one call. */
const SLICE_BYTES = 8192

/** All but the runs. */
export interface BackupHead {
  devices: KeptDevice[]
  scores: PainScore[]
  coach: KeptCoachEntry[]
  /** Undefined while the wearer has chosen none. */
  preferences: Preferences | undefined
}

/** The text up to the first run. */
export function headText({ devices, scores, coach, preferences }: BackupHead): string {
  const head = JSON.stringify({ format: FORMAT, version: VERSION, devices, scores, coach, preferences })
  return `${head.slice(0, -1)},"runs":[`
}

/** After the last run. */
export const TAIL_TEXT = "\n]}\n"

/** A run with what parts it from the one before it. */
export function runText({ record, ...run }: KeptRun, isFirst: boolean): string {
  return `${isFirst ? "" : ","}\n${JSON.stringify({ ...run, crc: crc32(record), record: base64(record) })}`
}

export interface Backup extends BackupHead {
  /** Each is checked when it is asked for. @throws DataError */
  runs: (() => KeptRun)[]
}

/** @throws DataError when it is no backup, or a newer version of Patella made it, or naming the field that is wrong */
export async function readBackup(file: Blob): Promise<Backup> {
  if (file.size > LARGEST_BACKUP_BYTES) {
    throw new DataError(
      "damaged",
      `This file is too large for a backup: ${megabytes(file.size)} MB, and the most is ${megabytes(LARGEST_BACKUP_BYTES)} MB. Nothing was added. Choose the file that Patella saved.`,
    )
  }
  const fields = new BackupFields(await parsed(file), "the file")
  if (fields.text("format") !== FORMAT) throw fields.wrong("format", `is not ${FORMAT}`)
  if (fields.number("version", 1, Number.MAX_SAFE_INTEGER) > VERSION) {
    throw new DataError(
      "newer",
      "A newer version of Patella made this backup. Nothing was added. Go online and reload Patella, then try again.",
    )
  }
  const runs = fields.list("runs", "run")
  return {
    devices: fields.list("devices", "device").map(deviceOf),
    scores: fields.list("scores", "score").map(scoreOf),
    // Versions before the coach have none, and read a backup without it.
    coach: fields.has("coach") ? fields.list("coach", "coach entry").map(coachEntryOf) : [],
    preferences: fields.has("preferences") ? preferencesOf(fields.object("preferences")) : undefined,
    runs: runs.map((run) => () => runOf(run)),
  }
}

async function parsed(file: Blob): Promise<unknown> {
  try {
    return JSON.parse(await file.text())
  } catch (error) {
    throw damage("the file", "cannot be read, is not whole, or is no backup", { cause: error })
  }
}

function base64(bytes: Uint8Array): string {
  let characters = ""
  for (let at = 0; at < bytes.length; at += SLICE_BYTES) {
    characters += String.fromCharCode(...bytes.subarray(at, at + SLICE_BYTES))
  }
  return btoa(characters)
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / (1024 * 1024))
}
