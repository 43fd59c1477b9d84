/** The bytes of what the device tells of, and is told for, readiness, routines and sitting (src/coach). Times are ms since the device's boot. */
import { CoachEntryFlag, CoachEntryKind } from "../coach/coach-entry"
import { CoachAnswer, CoachPhase, Readiness } from "../coach/routine"
import { constant } from "../constant"
import type { Layout } from "./fields"
import { ms, zoneQuarters } from "./units"

const COACH_VERSION = 1
const COACH_LOG_VERSION = 1

/** What the device is doing for the wearer now, or did last. */
export const COACH = constant({
  title: "coach",
  head: [
    { name: "version", type: "u8", constant: COACH_VERSION, description: "Version of this value" },
    {
      name: "phase",
      type: "u8",
      codes: CoachPhase,
      description: "Done: the last one, until the next begins",
    },
    {
      name: "routine",
      type: "u8",
      description: "See the table of routines; 0 when there was none since boot",
    },
    { name: "step", type: "u8", description: "Step of the routine, from 0" },
    { name: "repeat", type: "u8", description: "Of the step: ticks, holds, breaths or bends done" },
    { name: "stepMs", type: "u32", unit: "ms", description: "Time since the step began" },
    {
      name: "depthCdeg",
      type: "u16",
      unit: "1/100°",
      description: "Deepest flexion of the last bend, 0 before the first",
    },
    { name: "answer", type: "u8", codes: CoachAnswer, description: "Whether it hurt, as the wearer said" },
    {
      name: "readiness",
      type: "u8",
      codes: Readiness,
      description: "What the readiness test said, 0 for other routines",
    },
    {
      name: "sittingMin",
      type: "u16",
      unit: "min",
      description: "How long the wearer has been sitting, 0 when not",
    },
  ],
} as const satisfies Layout)

/** Pain and noPain answer the question, and pain ends what is under way; snooze: no word of sitting for an hour. */
export const CoachOp = constant({ start: 1, stop: 2, next: 3, pain: 4, noPain: 5, snooze: 6 } as const)
export type CoachOp = (typeof CoachOp)[keyof typeof CoachOp]

export const COACH_REQUEST = constant({
  title: "coach request",
  head: [
    {
      name: "op",
      type: "u8",
      codes: CoachOp,
      description: "Refused while a run is open, but for stop and snooze",
    },
    { name: "routine", type: "u8", description: "Of start; otherwise 0" },
  ],
} as const satisfies Layout)

export const COACH_LOG = constant({
  title: "coach log",
  head: [
    { name: "version", type: "u8", constant: COACH_LOG_VERSION, description: "Version of this value" },
    {
      name: "entryCount",
      type: "u8",
      lengthOf: "entries",
      description: "Entries that follow, the oldest first; the last 16 are kept",
    },
  ],
  lists: {
    entries: [
      { name: "kind", type: "u8", codes: CoachEntryKind, description: "What it was" },
      { name: "routine", type: "u8", description: "See the table of routines; 0 for sitting" },
      { name: "bootId", type: "u32", description: "Boot that it was in" },
      { name: "endMs", type: "u32", ...ms, description: "When it ended" },
      {
        name: "unixS",
        type: "u32",
        unit: "s",
        description: "The same as unix time, 0 where nobody had told the time",
      },
      { ...zoneQuarters, description: "How far the wearer's clocks were ahead of UTC" },
      {
        name: "durationS",
        type: "u16",
        unit: "s",
        description: "How long it took; sitting: how long the wearer sat",
      },
      { name: "repeats", type: "u8", description: "Bends counted; sitting: steps watched" },
      {
        name: "depthCdeg",
        type: "u16",
        unit: "1/100°",
        description: "Median of the bends' deepest flexion, 0 without bends",
      },
      { name: "meanMs", type: "u16", unit: "ms", description: "Mean duration of a bend, 0 without bends" },
      {
        name: "halts",
        type: "u8",
        description: "Smoothness: how often the bends stopped or turned on their way, all together",
      },
      { name: "answer", type: "u8", codes: CoachAnswer, description: "Whether it hurt" },
      { name: "readiness", type: "u8", codes: Readiness, description: "What the readiness test said" },
      {
        name: "flags",
        type: "u8",
        bits: CoachEntryFlag,
        description: "complete: to its last step; optionalDone: also what is only done if wanted",
      },
    ],
  },
} as const satisfies Layout)
