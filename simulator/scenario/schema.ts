/** The JSON Schema (draft-07) of a scenario file. `npm run docs` writes it to scenario.schema.json, for editors. */
import { BOARD_KINDS } from "../../hosts/virtual/protocol"
import { SETTINGS } from "../../src/storage/settings"
import { number, object, oneWordOf, type Schema, text, whole, yesOrNo } from "../checked-file/schema-words"
import { CELL_MV, EVENT_SCHEMA } from "./schema-events"
import { STEP_SCHEMA } from "./schema-steps"

export const SCHEMA_PATH = "simulator/scenario/scenario.schema.json"

const WEARER = object("How this wearer differs from one that the seed draws", {
  side: oneWordOf("The leg that wears it", ["left", "right"]),
  limp: number(
    "The measured leg is spared, 0 (not at all) to 1: its stance shorter, its knee stiffer while it is loaded",
    0,
    1,
    0,
  ),
  fatigueDegPerHour: number(
    "The stance peak gets so much deeper, ° an hour of running; negative: stiffer",
    -30,
    30,
    0,
  ),
  strideTimeSd: number("SD of a stride's time, share of it", 0, 0.06, 0.015),
  faultless: yesOrNo("The sensors have no noise, bias and drift, and sit along the leg", false),
})

const DEVICE = object("The device", {
  board: oneWordOf("The board that the virtual one stands for", BOARD_KINDS),
  sensors: whole("Sensors worn: 1, or 2 (one below the knee too)", 1, 2, 1),
  settings: object(
    "Device settings by name; what is left out is at its default, but for sleepAfterMin: 0, never",
    Object.fromEntries(
      SETTINGS.map(({ name, unit, description, min, max, default: usual }) => [
        name,
        whole(unit === "" ? description : `${description}, ${unit}`, min, max, usual),
      ]),
    ),
  ),
  batteryMv: number("The cell's voltage at the start, mV", CELL_MV.least, CELL_MV.most),
  supply: yesOrNo("USB is connected at the start", false),
  phone: oneWordOf(
    "Carried: connected while it can be, and syncs after each run. At home: it connects at the end",
    ["carried", "at home"],
    "carried",
  ),
})

export const SCENARIO_SCHEMA = {
  $schema: "http://json-schema.org/draft-07/schema#",
  title: "A day with the device",
  ...object(
    "Who wears the device, what they do, step by step, and what happens to the device meanwhile. What is left open is drawn from the seed",
    {
      $schema: { type: "string", description: "Where this schema lies: an editor then completes and checks" },
      title: text("For a list: a few words"),
      description: text("What happens, and what is to be seen in it; a sentence or two"),
      wearer: WEARER,
      device: DEVICE,
      steps: {
        type: "array",
        description: "What the wearer does, in order",
        minItems: 1,
        items: { $ref: "#/definitions/step" },
      },
      events: {
        type: "array",
        description: "What happens to the device, in any order",
        items: { $ref: "#/definitions/event" },
      },
    },
    ["title", "description", "steps"],
  ),
  definitions: { step: STEP_SCHEMA, event: EVENT_SCHEMA } satisfies Record<string, Schema>,
} as const
