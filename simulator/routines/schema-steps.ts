/** What the schema says of steps: each kind with the numbers that it has (src/coach/routine.ts). */
import { DRAWING_NAMES } from "../../routines/drawing-names"
import type { WrittenStep } from "../../routines/written-routine"
import {
  type Fields,
  list,
  oneOfKind,
  oneWordOf,
  type Schema,
  text,
  whole,
  yesOrNo,
} from "../checked-file/schema-words"

/** The device tells how many are done in a byte, and a wearer counts no further. */
const MOST_REPEATS = 200
const MOST_BENDS = 30
/** Below it a bend is none to the sensor; beyond it a routine is no modest one. */
const LEAST_DEPTH_DEG = 20
const MOST_DEPTH_DEG = 90
/** A buzz takes its time, and a wearer follows no quicker one. */
const LEAST_PACE_MS = 400

const ms = (description: string, least: number, most: number) => whole(`${description}, ms`, least, most)
const repeats = (most: number) => whole("How many", 1, most)
const spoken = (description: string) => list(description, text("A word or two"), 1)
const depthDeg = whole(
  "Flexion from which a bend counts, and of a test the one at which it ticks, °",
  LEAST_DEPTH_DEG,
  MOST_DEPTH_DEG,
)
const bend = {
  repeats: repeats(MOST_BENDS),
  depthDeg,
  downMs: ms("The way down", 500, 10_000),
  everyMs: ms("How long each is held", 0, 10_000),
  upMs: ms("The way up", 500, 10_000),
}
const optional = yesOrNo("Only done if the wearer wants to", false)

const KINDS: Record<WrittenStep["kind"], { description: string; fields: Fields }> = {
  ready: { description: "The wearer gets ready; a press of the button goes on", fields: {} },
  pace: {
    description: "Strokes at a pace: a tick for each",
    fields: {
      needed: { repeats: repeats(MOST_REPEATS), everyMs: ms("From tick to tick", LEAST_PACE_MS, 10_000) },
    },
  },
  hold: {
    description: "Held, let go, held again",
    fields: {
      needed: {
        repeats: repeats(MOST_REPEATS),
        everyMs: ms("How long each is held", 1000, 30_000),
        restMs: ms("Between two of them", 0, 60_000),
      },
    },
  },
  breathe: {
    description: "Breathing: in while the muscle is tightened, out while it is let go",
    fields: {
      needed: {
        repeats: repeats(MOST_REPEATS),
        downMs: ms("Breathing in", 1000, 10_000),
        upMs: ms("Breathing out", 1000, 15_000),
        spoken: spoken("What the phone says aloud: at breathing in, and at breathing out"),
      },
    },
  },
  count: {
    description: "Movements that nobody measures, counted aloud by the phone",
    fields: {
      needed: {
        repeats: repeats(MOST_REPEATS),
        everyMs: ms("How long each takes", 1000, 20_000),
        spoken: spoken("What the phone says aloud: one for each"),
      },
    },
  },
  bends: {
    description: "Bends that the sensor counts, until enough are deep enough",
    fields: { needed: bend, left: { optional } },
  },
  test: {
    description: "As bends, of the readiness test; asks afterwards whether it hurt",
    fields: { needed: bend, left: { optional } },
  },
  rest: { description: "A pause", fields: { needed: { everyMs: ms("How long", 1000, 180_000) } } },
}

const WORDS = {
  title: text("For a list and a heading: a few words"),
  words: text("To the wearer: short sentences, said while the hands are busy"),
  drawing: oneWordOf("What is shown", DRAWING_NAMES),
}

export const STEP_SCHEMA: Schema = oneOfKind(
  "A step",
  "kind",
  Object.entries(KINDS).map(([word, { description, fields }]) => ({
    word,
    description,
    fields: { needed: { ...WORDS, ...fields.needed }, left: fields.left ?? {} },
  })),
  {},
)
