/** What the device tells of itself, in words for the wearer: how it is calibrated, what is wrong and what to do. */
import { Problem, SelfTestPart, StatusFlag } from "../../src/ble/layouts"
import type { SelfTestResult, Status } from "../link/device-client"

/** Steps: provisional, from the first steps without knee bends. */
export type CalibrationState = "none" | "steps" | "bends"

export function calibrationOf({ flags }: Pick<Status, "flags">): CalibrationState {
  if ((flags & StatusFlag.calibrated) === 0) return "none"
  return (flags & StatusFlag.provisional) !== 0 ? "steps" : "bends"
}

export const CALIBRATION_WORDS: Readonly<Record<CalibrationState, string>> = {
  none: "The device does not know yet how it sits.",
  steps: "The device has learnt from your steps how it sits. Three knee bends make it more exact.",
  bends: "The device has learnt from your knee bends how it sits.",
}

export interface Trouble {
  happened: string
  toDo: string
}

const PROBLEM_WORDS: Readonly<Record<Problem, Trouble>> = {
  [Problem.thighSensor]: {
    happened: "The motion sensor does not answer.",
    toDo: "Nothing is measured until it does. Switch the device off and on.",
  },
  [Problem.shankSensor]: {
    happened: "The second sensor, below the knee, does not answer.",
    toDo: "Look at its plug. Until then the knee is estimated by the first sensor alone.",
  },
  [Problem.bus]: {
    happened: "The line to the sensors is held.",
    toDo: "Look at the plugs, and keep them dry. Then switch the device off and on.",
  },
  [Problem.motor]: {
    happened: "The motor does not answer: you feel no buzz.",
    toDo: "Runs are counted as usual. Try a test buzz later.",
  },
  [Problem.battery]: { happened: "The battery cannot be measured.", toDo: "Charge it before your next run." },
  [Problem.flash]: {
    happened: "Runs cannot be stored.",
    toDo: "The newest run is kept only until the device is switched off: fetch it before.",
  },
  [Problem.keyValue]: {
    happened: "What you set cannot be stored.",
    toDo: "It holds until the device is switched off.",
  },
  [Problem.button]: {
    happened: "The button has been pressed for a minute.",
    toDo: "See whether something presses on it.",
  },
  [Problem.display]: { happened: "The display does not answer.", toDo: "Runs are counted as usual." },
  [Problem.brownOut]: {
    happened: "The device had too little power, and started anew.",
    toDo: "Charge it. An open run went on.",
  },
  [Problem.crash]: {
    happened: "The firmware had stopped, and started anew.",
    toDo: "An open run went on. If it happens again, update the firmware.",
  },
  [Problem.rolledBack]: {
    happened: "An update of the firmware did not work.",
    toDo: "The firmware before it runs again.",
  },
  [Problem.batteryEmpty]: {
    happened: "The battery was empty, and the device had switched itself off.",
    toDo: "Charge it before your next run.",
  },
}

const FLAG_WORDS: readonly (readonly [flag: number, trouble: Trouble])[] = [
  [
    StatusFlag.settingsReset,
    { happened: "What you had set was damaged.", toDo: "The defaults hold now. Set it again." },
  ],
  [
    StatusFlag.calibrationLost,
    { happened: "The stored calibration was damaged.", toDo: "Calibrate once more." },
  ],
  [
    StatusFlag.countsReset,
    {
      happened: "Something that the device keeps about itself was damaged.",
      toDo: "Runs are counted as usual. This phone sets the clock when it connects.",
    },
  ],
]

/** All that the status says is wrong; empty when all is well. */
export function troubles({ flags, problems }: Pick<Status, "flags" | "problems">): Trouble[] {
  const wrong = Object.values(Problem).filter((problem) => (problems & problem) !== 0)
  return [
    ...wrong.map((problem) => PROBLEM_WORDS[problem]),
    ...FLAG_WORDS.filter(([flag]) => (flags & flag) !== 0).map(([, trouble]) => trouble),
  ]
}

const PART_WORDS: readonly (readonly [part: number, well: string, wrong: string])[] = [
  [SelfTestPart.thighSensor, "motion sensor answers", "motion sensor does not answer"],
  [SelfTestPart.shankSensor, "second sensor answers", "second sensor does not answer"],
  [SelfTestPart.gravity, "motion sensor is exact", "motion sensor is not exact"],
  [SelfTestPart.flash, "runs can be stored", "runs cannot be stored"],
  [SelfTestPart.keyValue, "settings can be stored", "settings cannot be stored"],
  [SelfTestPart.battery, "battery can be measured", "battery cannot be measured"],
  [SelfTestPart.motor, "motor can be switched", "motor cannot be switched"],
  [SelfTestPart.button, "button is free", "button is pressed"],
  [SelfTestPart.calibration, "calibrated", "not calibrated yet"],
]

/** What a self-test tested, in order. */
export function selfTestLines({ tested, failed }: SelfTestResult): { isWell: boolean; words: string }[] {
  return PART_WORDS.filter(([part]) => (tested & part) !== 0).map(([part, well, wrong]) => {
    const isWell = (failed & part) === 0
    return { isWell, words: isWell ? well : wrong }
  })
}
