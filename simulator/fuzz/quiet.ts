/**
 * The device as it is whenever nobody uses it, whatever was done to it: the same phones on its list, the same name and settings, no run open, no question
 * asked, a routine ended, no window open, no update on its way. So its memory can be compared. And runs for it to keep, when most have been deleted.
 */

import { COACH_REQUEST, CoachOp } from "../../src/ble/coach-layouts"
import { CURRENT_TIME, LOCAL_TIME } from "../../src/ble/current-time"
import { encode, type Layout } from "../../src/ble/fields"
import { COMMAND, CommandCode, SETTING_WRITE } from "../../src/ble/layouts"
import { UPDATE_ABORT, UPDATE_BEGIN } from "../../src/ble/update-layouts"
import { COACH_ENTRY_LIMIT } from "../../src/storage/coach-log"
import { DEFAULT_NAME } from "../../src/storage/device-name"
import { SETTINGS } from "../../src/storage/settings"
import { encodeUtf8 } from "../../src/utf8"
import { ASKED } from "./characteristics"
import { type Operation, PARTS } from "./operation"
import type { Player } from "./player"

/** All that is open ends by then: the pairing window, a question, a transfer, often advertising, what is told of an update that was given up. */
const QUIET_MS = 70_000
const PRESS: Operation = { what: "press", heldMs: 100, pauseMs: 1000 }
const MTU = 247
const ARRIVE: Operation = { what: "arrive", phone: 0, mtu: MTU, listens: false }
/** The last stands first on the list. */
const LISTED = [2, 1, 0] as const
const RUNS_LEAST = 3
/** A routine that needs no calibration. */
const STROKES = 2

const NEW_YEAR = {
  year: 2030,
  month: 1,
  day: 1,
  hours: 0,
  minutes: 0,
  seconds: 0,
  dayOfWeek: 2,
  fractions256: 0,
  adjustReason: 0,
} as const

/** By the usual phone, which the device knows. */
const RUN: readonly Operation[] = [
  { what: "wait", ms: QUIET_MS },
  ...Array.from({ length: PARTS }, (_, part): Operation => ({ what: "move", part })),
  ARRIVE,
  command(CommandCode.stopRun),
]

/** The wearer says yes to an update: the board makes the memory of the slot that is written. */
const UPDATE: readonly Operation[] = [
  ARRIVE,
  write("update", encode(UPDATE_BEGIN, { byteLength: 1, crc: 0, major: 1, minor: 0, patch: 0 })),
  PRESS,
]

/** Begun and left. */
const ROUTINE: readonly Operation[] = [coach(CoachOp.start, STROKES), coach(CoachOp.stop)]
/** The log of what came of routines is as long as it gets: the board keeps it in its memory. */
const ROUTINES: readonly Operation[] = [
  ARRIVE,
  ...Array.from({ length: COACH_ENTRY_LIMIT }, () => ROUTINE).flat(),
]

export function becomeQuiet(player: Player): Promise<void> {
  const settings = SETTINGS.map(({ id, default: value }) =>
    write("settings", encode(SETTING_WRITE, { id, value })),
  )
  return player.play([
    { what: "wait", ms: QUIET_MS },
    PRESS,
    ...LISTED.flatMap((phone): Operation[] => [
      { what: "connect", phone, mtu: MTU },
      { what: "pair", phone },
      { what: "disconnect" },
    ]),
    ARRIVE,
    write("deviceName", encodeUtf8(DEFAULT_NAME)),
    ...settings,
    write("localTime", encode(LOCAL_TIME, { timeZone: 0, dstOffset: 0 })),
    write("currentTime", encode(CURRENT_TIME, NEW_YEAR)),
    command(CommandCode.selfTest),
    command(CommandCode.calibrate),
    // By itself it would wait for data for minutes.
    write("update", encode(UPDATE_ABORT, {})),
    // What the last routine came to is held for a phone to see: let that be the same one.
    ...ROUTINE,
    { what: "disconnect" },
    { what: "wait", ms: QUIET_MS },
  ])
}

/** Most of what is made when it is first needed is made: a run was recorded and stored, an update begun, routines kept. */
export async function warmUp(player: Player): Promise<void> {
  await player.play(RUN)
  await player.play(ROUTINES)
  // The board lets go of what so many routines took by the next time.
  await becomeQuiet(player)
  await player.play(UPDATE)
  await becomeQuiet(player)
}

/** The usual phone may come in, and there are runs. @returns false when the device cannot be brought to record one: then it has to be another */
export async function beUseful(player: Player): Promise<boolean> {
  if (player.isUsualPhoneOut)
    await player.play([
      { what: "wait", ms: QUIET_MS },
      PRESS,
      { what: "connect", phone: 0, mtu: MTU },
      { what: "pair", phone: 0 },
    ])
  for (let left = RUNS_LEAST; left > 0 && player.records.records.size < RUNS_LEAST; left--)
    await player.play(RUN)
  return player.records.records.size >= RUNS_LEAST
}

function coach(op: CoachOp, routine = 0): Operation {
  return write("coach", encode(COACH_REQUEST, { op, routine }))
}

function command(code: CommandCode): Operation {
  return write("command", encode(COMMAND as Layout, { code, argument: 0 } as never))
}

function write(name: string, bytes: Uint8Array): Operation {
  return {
    what: "write",
    asked: ASKED.findIndex((asked) => asked.name === name),
    link: "this",
    value: { bytes },
  }
}
