/** One valid step and one valid event of every kind: the compiler asks for the missing ones. */
import type { Scenario, ScenarioEvent, Step } from "../../../simulator/scenario/scenario"

type Kinds<Doing extends { do: string }> = { [Kind in Doing["do"]]: Extract<Doing, { do: Kind }> }

export const STEPS: Kinds<Step> = {
  stand: { do: "stand", forS: 3 },
  sit: { do: "sit", forS: 3 },
  bend: { do: "bend", times: 1, kneeDeg: [40, 50], alike: true },
  squat: { do: "squat", times: 1, heel: "up", kneeDeg: [70, 90] },
  walk: { do: "walk", forS: 3, speedMs: 1.4, cadenceSpm: 115, gradePercent: -5, around: "corners" },
  run: { do: "run", forS: 3, speedMs: 3, cadenceSpm: 170, gradePercent: 5, where: "treadmill" },
  stairs: { do: "stairs", forS: 3, direction: "up" },
  cycle: { do: "cycle", forS: 3, cadenceRpm: 80 },
  jump: { do: "jump", forS: 3, flightS: 0.3, contactS: 0.3 },
  ride: { do: "ride", forS: 20 },
  repeat: { do: "repeat", times: 2, steps: [{ do: "stand", forS: 1 }] },
}

export const EVENTS: Kinds<ScenarioEvent> = {
  loseLink: { atS: 1, do: "loseLink", forS: 2 },
  cutPower: { atS: 1, do: "cutPower", forS: 2 },
  restart: { atS: 1, do: "restart", kind: "crash" },
  slipStrap: { atS: 1, do: "slipStrap", angleDeg: 10, around: "knee" },
  fault: { atS: 1, do: "fault", fault: "thighSilent", forS: 2 },
  fillFlash: { atS: 1, do: "fillFlash" },
  battery: { atS: 1, do: "battery", mv: 3500, supply: true },
  press: { atS: 1, do: "press", button: "double" },
  set: { atS: 1, do: "set", setting: "thresholdDeg", value: 35 },
}

/** All that a file can say. */
export const EVERYTHING: Scenario = {
  title: "All",
  description: "One of each.",
  wearer: { side: "left", limp: 0.3, fatigueDegPerHour: 5, strideTimeSd: 0.02, faultless: true },
  device: {
    board: "m5stick_cplus",
    sensors: 2,
    settings: { thresholdDeg: 35, pauseLimitS: 30 },
    batteryMv: 3900,
    supply: false,
    phone: "at home",
  },
  steps: [...Object.values(STEPS), { do: "run", name: "last", forS: 3, speedMs: 3 }],
  events: [...Object.values(EVENTS), { atS: 1, in: "last", do: "press", button: "short" }],
}

/** The shortest one, with something else in it. */
export function scenarioWith(part: object): object {
  return { title: "Short", description: "Stands.", steps: [{ do: "stand", forS: 5 }], ...part }
}
