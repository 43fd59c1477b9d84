/** What the schema says of steps: what the wearer can do, with the ranges that the virtual runner has. */

import {
  type Fields,
  number,
  oneOfKind,
  oneWordOf,
  range,
  type Schema,
  text,
  whole,
  yesOrNo,
} from "../checked-file/schema-words"
import { FASTEST_MS, SLOWEST_MS } from "../runner/running"
import { FASTEST_WALK_MS, SLOWEST_WALK_MS } from "../runner/walking"
import {
  ALIKE_BEND_DEG,
  BEND_DEG,
  SQUAT_DEG,
  USUAL_CADENCE_RPM,
  USUAL_CONTACT_S,
  USUAL_FLIGHT_S,
  USUAL_WALK_MS,
} from "../runner/wearer"

/** All steps together; a longer one would fill the memory of the machine that makes it. */
export const LONGEST_S = 6 * 3600
const MOST_TIMES = 1000
const MOST_BENDS = 100
/** Shorter, the car would not get going. */
const SHORTEST_RIDE_S = 20

const forS = (least = 1) => number("How long, s", least, LONGEST_S)
const cadenceSpm = (from: number, to: number) =>
  number(
    "Cadence, steps a minute, or as near to it as this wearer comes; left out: their own at this speed",
    from,
    to,
  )
const gradePercent = number("Rise by 100 m of way, %; negative: downhill", -20, 20, 0)
const kneeDeg = (from: number, to: number, usual: readonly number[], more = "") =>
  range(`Each one's deepest knee angle lies between these, °${more}`, from, to, usual)

const STEPS: Record<string, { description: string; fields: Fields }> = {
  stand: { description: "Stands still, as far as a living body does", fields: { needed: { forS: forS() } } },
  sit: {
    description: "Sits down on a chair, sits, gets up",
    fields: {
      needed: {
        forS: number("How long on the chair, s; sitting down and getting up come on top", 1, LONGEST_S),
      },
    },
  },
  bend: {
    description: "Small knee bends, one after the other",
    fields: {
      needed: { times: whole("How many", 1, MOST_BENDS) },
      left: {
        kneeDeg: kneeDeg(10, 80, BEND_DEG, `; alike: ${ALIKE_BEND_DEG.join(" to ")} when left out`),
        alike: yesOrNo(
          "Knee and thigh go along one line, as when calibrating; else each in its own way",
          false,
        ),
        heldS: number("How long each is held at its deepest, s; left out: a moment", 0, 30),
      },
    },
  },
  squat: {
    description: "Squats, one after the other",
    fields: {
      needed: {
        times: whole("How many", 1, MOST_BENDS),
        heel: oneWordOf("The heel stays down, or comes up", ["down", "up"]),
      },
      left: { kneeDeg: kneeDeg(40, 120, SQUAT_DEG) },
    },
  },
  walk: {
    description: "Walks",
    fields: {
      needed: { forS: forS() },
      left: {
        speedMs: number("Speed, m/s", SLOWEST_WALK_MS, FASTEST_WALK_MS, USUAL_WALK_MS),
        cadenceSpm: cadenceSpm(60, 160),
        gradePercent,
        around: oneWordOf("Around the corners of a house, 90° every few seconds; left out: straight on", [
          "corners",
        ]),
      },
    },
  },
  run: {
    description: "Runs",
    fields: {
      needed: { forS: forS(), speedMs: number("Speed, m/s", SLOWEST_MS, FASTEST_MS) },
      left: {
        cadenceSpm: cadenceSpm(120, 240),
        gradePercent,
        where: oneWordOf(
          "On a treadmill, outside and straight on, or to and fro along a corridor of 20 m with turns of 180°",
          ["treadmill", "outside", "corridor"],
          "outside",
        ),
      },
    },
  },
  stairs: {
    description: "Climbs stairs, or comes down",
    fields: { needed: { forS: forS(), direction: oneWordOf("Up or down", ["up", "down"]) } },
  },
  cycle: {
    description: "Rides a bicycle",
    fields: {
      needed: { forS: forS() },
      left: { cadenceRpm: number("Cadence, turns of the crank a minute", 30, 120, USUAL_CADENCE_RPM) },
    },
  },
  jump: {
    description: "Jumps on the spot, over and over",
    fields: {
      needed: { forS: forS() },
      left: {
        flightS: number("In the air, s a jump", 0.1, 0.5, USUAL_FLIGHT_S),
        contactS: number("On the ground, s a jump", 0.15, 0.5, USUAL_CONTACT_S),
      },
    },
  },
  ride: {
    description: "Gets into a car and rides in it on ordinary roads",
    fields: { needed: { forS: forS(SHORTEST_RIDE_S) } },
  },
  repeat: {
    description: "The same steps again and again",
    fields: {
      needed: {
        times: whole("How often", 1, MOST_TIMES),
        steps: {
          type: "array",
          description: "What is repeated",
          minItems: 1,
          items: { $ref: "#/definitions/step" },
        },
      },
    },
  },
}

export const STEP_SCHEMA: Schema = oneOfKind(
  "What the wearer does",
  "do",
  Object.entries(STEPS).map(([word, step]) => ({ word, ...step })),
  { name: text("What events refer to (their `in`)") },
)
