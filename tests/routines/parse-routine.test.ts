/** What a routine's file may say, and the words for what it may not. */
import test from "ava"
import { routineS, stepS } from "../../routines/duration"
import type { WrittenRoutine } from "../../routines/written-routine"
import { FileError } from "../../simulator/checked-file/file-error"
import { parseRoutine } from "../../simulator/routines/parse-routine"
import { STEP_SCHEMA } from "../../simulator/routines/schema-steps"
import { StepKind } from "../../src/coach/routine"
import { ROUTINE, STEPS } from "./samples"

/** The message, a line a mistake, without the file's name. */
function refusal(text: string): string[] {
  try {
    parseRoutine(text, "routines/mine.json")
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    return error.message.split("\n").map((line) => line.replace(/^routines\/mine\.json: /, ""))
  }
  return []
}

const withStep = (step: object) => ({ ...ROUTINE, steps: [step] })

test("all that a file can say is understood", (t) => {
  t.deepEqual(parseRoutine(JSON.stringify(ROUTINE), "routines/mine.json"), ROUTINE)
})

test("the schema knows the kinds of steps that the device knows, no more", (t) => {
  const kinds = (STEP_SCHEMA.oneOf ?? []).map(({ properties }) => properties?.kind?.const)
  t.deepEqual(kinds, Object.keys(StepKind))
})

const { sources: _, ...WITHOUT_SOURCES } = ROUTINE
const { repeats: __, ...WITHOUT_REPEATS } = STEPS.pace

const refused: [title: string, routine: object, lines: (string | RegExp)[]][] = [
  [
    "a field that there is not",
    { ...ROUTINE, titel: "Mine" },
    ['titel: there is no "titel" here; did you mean "title"?'],
  ],
  [
    "no sources",
    WITHOUT_SOURCES,
    ["sources: is missing; it takes a list of at least 1 (what the advice comes from)"],
  ],
  [
    "an id that no byte holds",
    { ...ROUTINE, id: 256 },
    [/^id: is 256; it takes a whole number from 1 to 255 /],
  ],
  [
    "a time that is none of a run",
    { ...ROUTINE, when: "befor" },
    ['when: there is no "befor"; did you mean "before"?'],
  ],
  [
    "a list of safety that there is not",
    { ...ROUTINE, notWhen: ["exercise", "masage"] },
    ['notWhen[1]: there is no "masage"; did you mean "massage"?'],
  ],
  [
    "a kind of step that there is not",
    withStep({ ...STEPS.hold, kind: "hodl" }),
    ['steps[0].kind: there is no "hodl"; did you mean "hold"?'],
  ],
  [
    "a number that the step's kind has no use for",
    withStep({ ...STEPS.rest, repeats: 2 }),
    [/^steps\[0\]\.repeats: there is no "repeats" here/],
  ],
  [
    "a number that is missing",
    withStep(WITHOUT_REPEATS),
    ["steps[0].repeats: is missing; it takes a whole number from 1 to 200 (how many)"],
  ],
  [
    "a step without words",
    withStep({ ...STEPS.rest, words: "" }),
    [/^steps\[0\]\.words: is ""; it takes a text /],
  ],
  [
    "a drawing that nobody drew",
    withStep({ ...STEPS.rest, drawing: "small-bends" }),
    ['steps[0].drawing: there is no "small-bends"; did you mean "small-bend"?'],
  ],
  [
    "a pace that no motor follows",
    withStep({ ...STEPS.pace, everyMs: 100 }),
    [/^steps\[0\]\.everyMs: is 100; it takes a whole number from 400 to 10000 /],
  ],
  [
    "another name than the file's",
    { ...ROUTINE, name: "yours" },
    ['name: is "yours"; the file\'s name is "mine"'],
  ],
  [
    "a source that nobody can open",
    { ...ROUTINE, sources: [{ ...ROUTINE.sources[0], link: "doi:10.1000/1" }] },
    ['sources[0].link: "doi:10.1000/1" is no address that begins with https://'],
  ],
  [
    "fewer words than movements",
    withStep({ ...STEPS.count, repeats: 3 }),
    ["steps[0].spoken: has 2; there should be 3: one for each"],
  ],
  [
    "breathing out in silence",
    withStep({ ...STEPS.breathe, spoken: ["In"] }),
    ["steps[0].spoken: has 1; there should be 2: in and out"],
  ],
  [
    "a readiness test in another routine",
    { ...ROUTINE, id: 2, steps: [STEPS.ready, STEPS.test] },
    ['steps[1].kind: only the readiness test (id 1) has a "test"'],
  ],
  [
    "a quarter of an hour",
    withStep({ ...STEPS.hold, repeats: 30, everyMs: 30_000, restMs: 0 }),
    ["steps: all together take 15 minutes; a routine has less than 15"],
  ],
]

for (const [title, routine, lines] of refused) {
  test(`${title} is told with its place`, (t) => {
    const told = refusal(JSON.stringify(routine))
    t.is(told.length, lines.length, told.join("\n"))
    for (const [n, line] of lines.entries()) {
      if (typeof line === "string") t.is(told[n], line)
      else t.regex(told[n] ?? "", line)
    }
  })
}

test("text that is no JSON is told with line and column", (t) => {
  t.deepEqual(refusal('{\n  "id": 1\n  "name": "mine"\n}'), [
    'line 3, column 3: a "," or "}" should stand here',
  ])
})

const durations: [kind: keyof typeof STEPS, s: number][] = [
  ["ready", 0],
  ["pace", 60],
  ["hold", 70],
  ["breathe", 60],
  ["count", 6],
  ["bends", 16],
  ["test", 21],
  ["rest", 30],
]

for (const [kind, s] of durations) {
  test(`a step of kind ${kind} takes as long as its numbers say`, (t) => {
    t.is(stepS(STEPS[kind]), s)
  })
}

test("a routine takes as long as its steps", (t) => {
  const whole: WrittenRoutine = ROUTINE
  t.is(
    routineS(whole),
    durations.reduce((sumS, [, s]) => sumS + s, 0),
  )
})
