/** What the schema says of events: what happens to the device meanwhile (simulation/action.ts). */
import type { FaultName } from "../../hosts/virtual/protocol"
import { SETTINGS } from "../../src/storage/settings"
import {
  type Fields,
  number,
  oneOfKind,
  oneWordOf,
  type Schema,
  text,
  whole,
  yesOrNo,
} from "../checked-file/schema-words"
import { LONGEST_S } from "./schema-steps"

/** Every fault with what it is (hosts/virtual/faults.ts), and which end by themselves after a time. */
export const FAULTS: Readonly<Record<FaultName, { description: string; endsByItself?: true }>> = {
  thighAbsent: { description: "the motion sensor's wires are off: it does not answer" },
  thighSilent: { description: "the motion sensor answers and takes no samples", endsByItself: true },
  thighOtherChip: { description: "another chip answers in the motion sensor's place" },
  thighInterruptOpen: { description: "the motion sensor's interrupt does not come" },
  thighResetHangs: { description: "the motion sensor never gets ready" },
  shankAbsent: { description: "the same of the sensor below the knee: its wires are off" },
  shankSilent: { description: "it answers and takes no samples", endsByItself: true },
  shankOtherChip: { description: "another chip answers in its place" },
  busHeld: { description: "a chip holds the bus until it is clocked free" },
  busShorted: { description: "the bus touches ground" },
  motorAbsent: { description: "the motor's chip does not answer" },
  flashMissing: { description: "the flash with the runs is gone" },
  keyValueFull: { description: "no setting and no calibration can be stored" },
  buttonStuck: { description: "the button stays pressed" },
  processorBusy: { description: "the processor is busy with something else", endsByItself: true },
}
export const FAULT_NAMES = Object.keys(FAULTS) as FaultName[]
export const SETTING_NAMES = SETTINGS.map(({ name }) => name)

const MOST_SETTING = Math.max(...SETTINGS.map(({ max }) => max))
export const CELL_MV = { least: 3000, most: 4350 }
const AWAY_S = [0.1, 3600] as const
const STEEPEST_SLIP_DEG = 45
const ends = FAULT_NAMES.filter((name) => FAULTS[name].endsByItself)

const EVENTS: Record<string, { description: string; fields: Fields }> = {
  loseLink: {
    description: "The phone is out of reach, then it connects again by itself",
    fields: { needed: { forS: number("For so long, s", ...AWAY_S) } },
  },
  cutPower: {
    description: "The cell falls out: no power at all; then the device starts anew",
    fields: { needed: { forS: number("For so long, s", ...AWAY_S) } },
  },
  restart: {
    description: "The processor alone starts anew",
    fields: { needed: { kind: oneWordOf("Why", ["reset", "brownOut", "crash"]) } },
  },
  slipStrap: {
    description: "The strap slips",
    fields: {
      needed: {
        angleDeg: number("By so much, °", -STEEPEST_SLIP_DEG, STEEPEST_SLIP_DEG),
        around: oneWordOf("It turns around the thigh, or tips about the knee's axis", ["thigh", "knee"]),
      },
    },
  },
  fault: {
    description: "Something breaks, or is mended",
    fields: {
      needed: {
        fault: {
          ...oneWordOf("What breaks", FAULT_NAMES),
          enumDescriptions: FAULT_NAMES.map((name) => FAULTS[name].description),
        },
      },
      left: {
        on: yesOrNo("false: it is mended", true),
        forS: number(`For so long, s; of those that end by themselves: ${ends.join(", ")}`, ...AWAY_S),
      },
    },
  },
  fillFlash: {
    description:
      "The cell falls out for a moment, and when power comes back the flash is as full of runs as after years",
    fields: {},
  },
  battery: {
    description: "The cell gets another voltage, or USB is plugged in or out; what is left out stays",
    fields: {
      left: {
        mv: number("The cell's voltage, mV", CELL_MV.least, CELL_MV.most),
        supply: yesOrNo("USB is connected"),
      },
    },
  },
  press: {
    description: "The button is pressed",
    fields: { needed: { button: oneWordOf("How", ["short", "double", "long"]) } },
  },
  set: {
    description: "The phone writes a device setting, as soon as there is a link",
    fields: {
      needed: {
        setting: oneWordOf("Its name", SETTING_NAMES),
        value: whole("In the unit of its name, within its range", 0, MOST_SETTING),
      },
    },
  },
}

export const EVENT_SCHEMA: Schema = oneOfKind(
  "What happens to the device",
  "do",
  Object.entries(EVENTS).map(
    ([
      word,
      {
        description,
        fields: { needed = {}, left = {} },
      },
    ]) => ({
      word,
      description,
      fields: {
        needed: {
          atS: number(
            "When, s after the beginning of the scenario, or of the step that `in` names",
            0,
            LONGEST_S,
          ),
          ...needed,
        },
        left,
      },
    }),
  ),
  { in: text("The name of a step: `atS` counts from its beginning, the first one when it is repeated") },
)
