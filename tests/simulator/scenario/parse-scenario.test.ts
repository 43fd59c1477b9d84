/** What a scenario file may say, and the words for what it may not. */
import test from "ava"
import { allScenarios, readScenario, scenarioNames } from "../../../simulator/scenario/library"
import { parseScenario } from "../../../simulator/scenario/parse-scenario"
import { ScenarioError } from "../../../simulator/scenario/scenario-error"
import { scenarioText } from "../../../simulator/scenario/scenario-text"
import { EVENT_SCHEMA } from "../../../simulator/scenario/schema-events"
import { STEP_SCHEMA } from "../../../simulator/scenario/schema-steps"
import { EVENTS, EVERYTHING, STEPS, scenarioWith } from "./samples"

const parse = (value: object) => parseScenario(JSON.stringify(value), "my.json")

/** The message, a line a mistake, without the file's name. */
function refusal(text: string): string[] {
  try {
    parseScenario(text, "my.json")
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error
    if (error.exitCode !== 2) throw new Error(`exit code ${error.exitCode}`)
    return error.message.split("\n").map((line) => line.replace(/^my\.json: /, ""))
  }
  return []
}

test("all that a file can say is understood, and written as it was", (t) => {
  t.deepEqual(parse(EVERYTHING), EVERYTHING)
  t.deepEqual(parseScenario(scenarioText(EVERYTHING), "my.json"), EVERYTHING)
})

test("the schema knows the kinds of steps and events that there are, no more", (t) => {
  const words = ({ oneOf = [] }: typeof STEP_SCHEMA) => oneOf.map(({ properties }) => properties?.do?.const)
  t.deepEqual(words(STEP_SCHEMA), Object.keys(STEPS))
  t.deepEqual(words(EVENT_SCHEMA), Object.keys(EVENTS))
})

for (const { name } of allScenarios())
  test(`${name} of the library is read, names its schema and is the same when written again`, (t) => {
    const { scenario } = readScenario(name)
    t.false("$schema" in scenario)
    const again = scenarioText(scenario, "../scenario/scenario.schema.json")
    t.regex(again, /^{\n {2}"\$schema": "\.\.\/scenario\/scenario\.schema\.json",\n/)
    t.deepEqual(parseScenario(again, name), scenario)
  })

test("the library begins with the first run, and tells no two alike", (t) => {
  t.is(scenarioNames()[0], "first-run")
  const told = allScenarios().flatMap(({ scenario }) => [scenario.title, scenario.description])
  t.is(new Set(told).size, told.length)
})

const step = (value: object) => JSON.stringify(scenarioWith({ steps: [value] }))
const event = (value: object) => JSON.stringify(scenarioWith({ events: [value] }))
const whole = (part: object) => JSON.stringify(scenarioWith(part))

const REFUSED: [what: string, text: string, lines: (string | RegExp)[]][] = [
  [
    "no steps",
    whole({ steps: [] }),
    ["steps: is []; it takes a list of at least 1 (what the wearer does, in order)"],
  ],
  ["no title", whole({ title: undefined }), ["title: is missing; it takes a text (for a list: a few words)"]],
  ["an empty title", whole({ title: "" }), ['title: is ""; it takes a text (for a list: a few words)']],
  [
    "no object",
    "[]",
    [
      "is []; it takes an object in { } (who wears the device, what they do, step by step, and what happens to the device meanwhile. What is left open is drawn from the seed)",
    ],
  ],
  ["a mistyped step", step({ do: "rum", forS: 5 }), ['steps[0].do: there is no "rum"; did you mean "run"?']],
  [
    "a step that is none",
    step({ do: "fly" }),
    [
      'steps[0].do: there is no "fly"; there are stand, sit, bend, squat, walk, run, stairs, cycle, jump, ride, repeat',
    ],
  ],
  [
    "a step that does a number",
    step({ do: 5 }),
    ["steps[0].do: is 5; there are stand, sit, bend, squat, walk, run, stairs, cycle, jump, ride, repeat"],
  ],
  [
    "a step that does nothing",
    step({ forS: 5 }),
    [
      "steps[0].do: is missing; there are stand, sit, bend, squat, walk, run, stairs, cycle, jump, ride, repeat",
    ],
  ],
  [
    "a mistyped field is told once",
    step({ do: "run", forS: 5, speedMS: 3 }),
    ['steps[0].speedMS: there is no "speedMS" here; did you mean "speedMs"?'],
  ],
  [
    "a field of another step",
    step({ do: "stand", forS: 5, speedMs: 3 }),
    ['steps[0].speedMs: there is no "speedMs" here; there are do, forS, name'],
  ],
  [
    "running too fast",
    step({ do: "run", forS: 5, speedMs: 7 }),
    ["steps[0].speedMs: is 7; it takes a number from 2 to 5 (speed, m/s)"],
  ],
  [
    "running too slowly",
    step({ do: "run", forS: 5, speedMs: 1.9 }),
    ["steps[0].speedMs: is 1.9; it takes a number from 2 to 5 (speed, m/s)"],
  ],
  [
    "walking too fast",
    step({ do: "walk", forS: 5, speedMs: 2.1 }),
    ["steps[0].speedMs: is 2.1; it takes a number from 0.6 to 2 (speed, m/s)"],
  ],
  [
    "a wall",
    step({ do: "run", forS: 5, speedMs: 3, gradePercent: -21 }),
    [
      "steps[0].gradePercent: is -21; it takes a number from -20 to 20 (rise by 100 m of way, %; negative: downhill)",
    ],
  ],
  [
    "a number in words",
    step({ do: "stand", forS: "5 s" }),
    ['steps[0].forS: is "5 s"; it takes a number from 1 to 21600 (how long, s)'],
  ],
  [
    "half a bend",
    step({ do: "bend", times: 1.5 }),
    ["steps[0].times: is 1.5; it takes a whole number from 1 to 100 (how many)"],
  ],
  [
    "a depth that is one number",
    step({ do: "squat", times: 1, heel: "up", kneeDeg: [70] }),
    [
      "steps[0].kneeDeg: is [70]; it takes 2 numbers from 40 to 120 (each one's deepest knee angle lies between these, °)",
    ],
  ],
  [
    "a depth the wrong way round",
    step({ do: "bend", times: 1, kneeDeg: [50, 40] }),
    ["steps[0].kneeDeg: is [50, 40]; the smaller number comes first"],
  ],
  [
    "a heel between",
    step({ do: "squat", times: 1, heel: "dwn" }),
    ['steps[0].heel: there is no "dwn"; did you mean "down"?'],
  ],
  [
    "a mistake within others",
    step({ do: "repeat", times: 2, steps: [{ do: "repeat", times: 2, steps: [{ do: "sit" }] }] }),
    [
      "steps[0].steps[0].steps[0].forS: is missing; it takes a number from 1 to 21600 (how long on the chair, s; sitting down and getting up come on top)",
    ],
  ],
  [
    "a step rate that does not fit the speed",
    step({ do: "run", forS: 5, speedMs: 2, cadenceSpm: 240 }),
    [/^steps\[0\]: 240 steps a minute at 2 m\/s: this runner makes from 1\d\d to 1\d\d$/],
  ],
  [
    "more than fits",
    step({ do: "repeat", times: 1000, steps: [{ do: "run", forS: 60, speedMs: 3 }] }),
    ["steps: all together take up to 17.4 h; a scenario has at most 6 h"],
  ],
  [
    "a fatigue beyond a knee",
    whole({
      wearer: { fatigueDegPerHour: 30 },
      steps: [{ do: "repeat", times: 2, steps: [{ do: "run", forS: 3600, speedMs: 3 }] }],
    }),
    ["wearer.fatigueDegPerHour: makes 60° in all of this running; at most 30°"],
  ],
  [
    "two of a name",
    whole({
      steps: [
        { do: "stand", forS: 1, name: "a" },
        { do: "repeat", times: 1, steps: [{ do: "sit", forS: 1, name: "a" }] },
      ],
    }),
    ['steps[1].steps[0].name: "a" is the name of steps[0] already; names differ'],
  ],
  [
    "a limp beyond a limp",
    whole({ wearer: { limp: 1.1 } }),
    [
      "wearer.limp: is 1.1; it takes a number from 0 to 1 (the measured leg is spared, 0 (not at all) to 1: its stance shorter, its knee stiffer while it is loaded)",
    ],
  ],
  [
    "a setting that there is not",
    whole({ device: { settings: { tresholdDeg: 30 } } }),
    ['device.settings.tresholdDeg: there is no "tresholdDeg" here; did you mean "thresholdDeg"?'],
  ],
  [
    "a setting beyond its range",
    whole({ device: { settings: { thresholdDeg: 61 } } }),
    [
      "device.settings.thresholdDeg: is 61; it takes a whole number from 20 to 60 (knee flexion under load past which a load cycle counts as a compression, °)",
    ],
  ],
  [
    "a board that there is not",
    whole({ device: { board: "xiao" } }),
    ['device.board: there is no "xiao"; there are m5stick_cplus, xiao_esp32c3'],
  ],
  [
    "three sensors",
    whole({ device: { sensors: 3 } }),
    [
      "device.sensors: is 3; it takes a whole number from 1 to 2 (sensors worn: 1, or 2 (one below the knee too))",
    ],
  ],
  [
    "an event that is none",
    event({ atS: 1, do: "cutpower", forS: 1 }),
    ['events[0].do: there is no "cutpower"; did you mean "cutPower"?'],
  ],
  [
    "an event without its time",
    event({ do: "fillFlash" }),
    [
      "events[0].atS: is missing; it takes a number from 0 to 21600 (when, s after the beginning of the scenario, or of the step that `in` names)",
    ],
  ],
  [
    "an event after all",
    event({ atS: 60, do: "fillFlash" }),
    ["events[0].atS: is 60; the steps are over after 7 s at the latest"],
  ],
  [
    "an event in a step without name",
    event({ atS: 1, in: "run", do: "fillFlash" }),
    ['events[0].in: no step is named "run": give one this "name"'],
  ],
  [
    "an event in a mistyped step",
    whole({
      steps: [{ do: "stand", name: "start", forS: 5 }],
      events: [{ atS: 1, in: "strat", do: "fillFlash" }],
    }),
    ['events[0].in: no step is named "strat"; did you mean "start"?'],
  ],
  [
    "a fault that there is not",
    event({ atS: 1, do: "fault", fault: "thighAbsnt" }),
    ['events[0].fault: there is no "thighAbsnt"; did you mean "thighAbsent"?'],
  ],
  [
    "a fault that needs its time",
    event({ atS: 1, do: "fault", fault: "processorBusy" }),
    ["events[0].forS: is missing: processorBusy ends by itself, after so many s"],
  ],
  [
    "a fault that does not end",
    event({ atS: 1, do: "fault", fault: "thighAbsent", forS: 3 }),
    ['events[0].forS: thighAbsent does not end by itself; mend it by an event with "on": false'],
  ],
  [
    "mending what mends itself",
    event({ atS: 1, do: "fault", fault: "shankSilent", forS: 1, on: false }),
    ["events[0].on: is false, but shankSilent ends by itself"],
  ],
  [
    "a battery that stays",
    event({ atS: 1, do: "battery" }),
    ["events[0].mv: is missing, and supply is, too: say what becomes of the battery"],
  ],
  [
    "a cell that is none",
    event({ atS: 1, do: "battery", mv: 5000 }),
    ["events[0].mv: is 5000; it takes a number from 3000 to 4350 (the cell's voltage, mV)"],
  ],
  [
    "a value beyond its setting",
    event({ atS: 1, do: "set", setting: "thresholdDeg", value: 61 }),
    ["events[0].value: thresholdDeg is 61; it takes whole numbers from 20 to 60 (°)"],
  ],
  [
    "several mistakes: words first, then values, then what is missing",
    whole({
      description: undefined,
      steps: [
        { do: "stand", forS: 0 },
        { do: "sti", forS: 1 },
      ],
    }),
    [
      'steps[1].do: there is no "sti"; did you mean "sit"?',
      "steps[0].forS: is 0; it takes a number from 1 to 21600 (how long, s)",
      "description: is missing; it takes a text (what happens, and what is to be seen in it; a sentence or two)",
    ],
  ],
  ["no JSON", '{\n  "title": "a",\n}', ["line 3, column 1: a name in double quotes should stand here"]],
  [
    "nothing",
    "",
    ["line 1, column 1: the text ends here; a value should stand here: a number, a text in quotes, { or ["],
  ],
]
for (const [what, text, lines] of REFUSED)
  test(`${what} is refused in words`, (t) => {
    const told = refusal(text)
    t.is(told.length, lines.length, told.join("\n"))
    for (const [n, line] of lines.entries()) {
      if (typeof line === "string") t.is(told[n], line)
      else t.regex(told[n] as string, line)
    }
  })

test("every field that a step or an event needs is asked for, and none besides is taken", (t) => {
  for (const [list, kinds, sample] of [
    ["steps", STEP_SCHEMA, STEPS],
    ["events", EVENT_SCHEMA, EVENTS],
  ] as const)
    for (const value of Object.values(sample)) {
      const kind = kinds.oneOf?.find(({ properties }) => properties?.do?.const === value.do)
      const refused = (wrong: object) => refusal(whole({ [list]: [wrong] })).join("\n")
      t.is(refused(value), "", value.do)
      for (const field of kind?.required ?? []) {
        const { [field as "do"]: _, ...without } = value
        t.true(refused(without).startsWith(`${list}[0].${field}: is missing`), `${value.do} without ${field}`)
      }
      t.regex(refused({ ...value, colour: "red" }), /there is no "colour" here/, value.do)
    }
})

test("a file with a byte order mark is read, one that nests too deeply is refused", (t) => {
  t.deepEqual(parseScenario(`\uFEFF${JSON.stringify(EVERYTHING)}`, "my.json"), EVERYTHING)
  t.deepEqual(refusal("[".repeat(100_000)), ["line 1, column 41: more than 40 brackets within one another"])
})

const NOT_THERE: [name: string, words: RegExp][] = [
  [
    "frist-run",
    /^frist-run: there is no such scenario; did you mean "first-run"\? \(a file of your own ends in \.json\)$/,
  ],
  ["../scenario", /there is no such scenario/],
  ["nowhere/my.json", /^nowhere\/my\.json: cannot be read: ENOENT: no such file or directory$/],
]
for (const [name, words] of NOT_THERE)
  test(`${name} is refused by name`, (t) => {
    t.throws(() => readScenario(name), { instanceOf: ScenarioError, message: words })
  })
