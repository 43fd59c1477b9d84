/**
 * What a backup is: one JSON text that says what it is, then has the devices, scores and preferences, and the runs, each with its record as base64 and the
 * record's CRC-32. What is read from it is checked field by field.
 */
import { runIdentity } from "../../src/ble/run-codec"
import { crc32 } from "../../src/storage/crc32"
import { runKey } from "../link/run-store"
import { BackupFields, damage } from "./backup-fields"
import { DataError } from "./companion-data"
import { type KeptDevice, type KeptRun, type PainScore, type Preferences, SCORE_TIMES } from "./kept"

const FORMAT = "patella-backup"
const VERSION = 1
/** Ten years of an hour's run a day make 6 MB; and the whole text has to fit into a phone's memory. */
export const LARGEST_BACKUP_BYTES = 128 * 1024 * 1024
/** The last millisecond that a Date can hold. */
const LAST_MS = 8.64e15
const LAST_UNIX_S = 0xffffffff
const HEX = /^[0-9a-f]+$/
/** How many bytes become characters at once: each is a parameter of one call. */
const SLICE_BYTES = 8192

/** All but the runs. */
export interface BackupHead {
  devices: KeptDevice[]
  scores: PainScore[]
  /** Undefined while the wearer has chosen none. */
  preferences: Preferences | undefined
}

/** The text up to the first run. */
export function headText({ devices, scores, preferences }: BackupHead): string {
  const head = JSON.stringify({ format: FORMAT, version: VERSION, devices, scores, preferences })
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

function deviceOf(fields: BackupFields): KeptDevice {
  return {
    id: hexOf(fields, "id"),
    name: fields.text("name"),
    side: fields.oneOf("side", ["left", "right", "unknown"]),
    firmware: fields.text("firmware"),
    board: fields.text("board"),
    seenMs: fields.number("seenMs", 0, LAST_MS),
  }
}

function scoreOf(fields: BackupFields): PainScore {
  return {
    runKey: fields.text("runKey"),
    time: fields.oneOf("time", SCORE_TIMES),
    score: fields.number("score", 0, 10),
    givenMs: fields.number("givenMs", 0, LAST_MS),
    ...(fields.has("correctedMs") && { correctedMs: fields.number("correctedMs", 0, LAST_MS) }),
  }
}

function preferencesOf(fields: BackupFields): Preferences {
  return {
    scheme: fields.oneOf("scheme", ["system", "light", "dark"]),
    asksForScores: fields.flag("asksForScores"),
    ...(fields.has("asksFromMs") && { asksFromMs: fields.number("asksFromMs", 0, LAST_MS) }),
  }
}

function runOf(fields: BackupFields): KeptRun {
  const record = fields.bytes("record")
  if (crc32(record) !== fields.number("crc", 0, 0xffffffff))
    throw fields.wrong("record", "does not fit its CRC")
  const deviceId = hexOf(fields, "deviceId")
  const start = fields.object("start")
  return {
    key: keyOf(fields, deviceId, record),
    deviceId,
    record,
    start: {
      unixS: start.number("unixS", 0, LAST_UNIX_S),
      zoneQuarters: start.number("zoneQuarters", -128, 127),
    },
    receivedMs: fields.number("receivedMs", 0, LAST_MS),
  }
}

/** As the device and the record tell it. */
function keyOf(fields: BackupFields, deviceId: string, record: Uint8Array): string {
  const key = fields.text("key")
  let identity: ReturnType<typeof runIdentity>
  try {
    identity = runIdentity(record)
  } catch (error) {
    throw fields.wrong("record", "is too short", { cause: error })
  }
  const expected = runKey(deviceId, identity.bootId, identity.runId)
  if (key !== expected) throw fields.wrong("key", `is ${key}, but the record is of ${expected}`)
  return key
}

function hexOf(fields: BackupFields, name: string): string {
  const text = fields.text(name)
  if (!HEX.test(text)) throw fields.wrong(name, "is not hex")
  return text
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
