/** A valid routine that tests break in one place or another. */
import type { WrittenRoutine, WrittenStep } from "../../routines/written-routine"

const WORDS = { title: "A step", words: "Do this.", drawing: "small-bend" } as const

/** One of every kind: the compiler asks for the missing ones. */
export const STEPS: Record<WrittenStep["kind"], WrittenStep> = {
  ready: { kind: "ready", ...WORDS },
  pace: { kind: "pace", ...WORDS, repeats: 100, everyMs: 600 },
  hold: { kind: "hold", ...WORDS, repeats: 3, everyMs: 20_000, restMs: 5000 },
  breathe: { kind: "breathe", ...WORDS, repeats: 5, downMs: 4000, upMs: 8000, spoken: ["In", "Out"] },
  count: { kind: "count", ...WORDS, repeats: 2, everyMs: 3000, spoken: ["One", "Two"] },
  bends: { kind: "bends", ...WORDS, repeats: 4, depthDeg: 30, downMs: 2000, everyMs: 500, upMs: 1500 },
  test: {
    kind: "test",
    ...WORDS,
    repeats: 3,
    depthDeg: 30,
    downMs: 2000,
    everyMs: 3000,
    upMs: 2000,
    optional: true,
  },
  rest: { kind: "rest", ...WORDS, everyMs: 30_000 },
}

export const ROUTINE: WrittenRoutine = {
  id: 1,
  name: "mine",
  title: "Mine",
  when: "before",
  purpose: "To be read.",
  evidence: "None.",
  notWhen: ["exercise"],
  precautions: ["Slowly."],
  equipment: [],
  sources: [{ title: "A paper", year: 2020, link: "https://doi.org/10.1000/1", says: "Something." }],
  steps: Object.values(STEPS),
}
