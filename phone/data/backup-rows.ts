/** The rows of a backup as what is kept; each reader throws DataError naming the row and the field that is wrong. */
import { COACH_LOG } from "../../src/ble/coach-layouts"
import { fieldRange } from "../../src/ble/fields"
import { runIdentity } from "../../src/ble/run-codec"
import { crc32 } from "../../src/storage/crc32"
import { coachKey } from "../link/coach-store"
import { type RunStart, runKey } from "../link/run-store"
import type { BackupFields } from "./backup-fields"
import {
  type KeptCoachEntry,
  type KeptDevice,
  type KeptRun,
  type PainScore,
  type Preferences,
  SCORE_TIMES,
} from "./kept"

/** The last millisecond that a Date can hold. */
const LAST_MS = 8.64e15
const LAST_UNIX_S = 0xffffffff
const HEX = /^[0-9a-f]+$/
/** The calendar time stands beside the entry. */
const ENTRY_FIELDS = COACH_LOG.lists.entries.filter(({ name }) => name !== "unixS" && name !== "zoneQuarters")

export function deviceOf(fields: BackupFields): KeptDevice {
  return {
    id: hexOf(fields, "id"),
    name: fields.text("name"),
    side: fields.oneOf("side", ["left", "right", "unknown"]),
    firmware: fields.text("firmware"),
    board: fields.text("board"),
    seenMs: fields.number("seenMs", 0, LAST_MS),
  }
}

export function scoreOf(fields: BackupFields): PainScore {
  return {
    runKey: fields.text("runKey"),
    time: fields.oneOf("time", SCORE_TIMES),
    score: fields.number("score", 0, 10),
    givenMs: fields.number("givenMs", 0, LAST_MS),
    ...(fields.has("correctedMs") && { correctedMs: fields.number("correctedMs", 0, LAST_MS) }),
  }
}

export function preferencesOf(fields: BackupFields): Preferences {
  return {
    scheme: fields.oneOf("scheme", ["system", "light", "dark"]),
    asksForScores: fields.flag("asksForScores"),
    ...(fields.has("asksFromMs") && { asksFromMs: fields.number("asksFromMs", 0, LAST_MS) }),
    ...(fields.has("hasReadSafety") && { hasReadSafety: fields.flag("hasReadSafety") }),
    ...(fields.has("countsAloud") && { countsAloud: fields.flag("countsAloud") }),
  }
}

export function runOf(fields: BackupFields): KeptRun {
  const record = fields.bytes("record")
  if (crc32(record) !== fields.number("crc", 0, 0xffffffff))
    throw fields.wrong("record", "does not fit its CRC")
  const deviceId = hexOf(fields, "deviceId")
  return {
    key: keyOf(fields, deviceId, record),
    deviceId,
    record,
    start: timeOf(fields.object("start")),
    receivedMs: fields.number("receivedMs", 0, LAST_MS),
  }
}

export function coachEntryOf(fields: BackupFields): KeptCoachEntry {
  const deviceId = hexOf(fields, "deviceId")
  const row = fields.object("entry")
  const numbers = ENTRY_FIELDS.map((field) => {
    const { min, max } = fieldRange(field)
    return [field.name, row.number(field.name, min, max)]
  })
  const entry = Object.fromEntries(numbers) as KeptCoachEntry["entry"]
  const key = coachKey(deviceId, entry)
  if (fields.text("key") !== key) throw fields.wrong("key", `is not ${key}, as the entry tells`)
  return {
    key,
    deviceId,
    entry,
    end: timeOf(fields.object("end")),
    receivedMs: fields.number("receivedMs", 0, LAST_MS),
  }
}

function timeOf(fields: BackupFields): RunStart {
  return {
    unixS: fields.number("unixS", 0, LAST_UNIX_S),
    zoneQuarters: fields.number("zoneQuarters", -128, 127),
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
