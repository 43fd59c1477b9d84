/** What the wearer can set, in plain words: what it does, its unit, what 0 means, and from when on a change holds. */
import { SETTINGS, type Setting, type SettingName } from "../../src/storage/settings"

/** A threshold holds from the next run on, since a run has one; the others at once. */
export type Holds = "now" | "nextRun" | "nextCalibration"

export const HOLDS_WORDS: Readonly<Record<Holds, string>> = {
  now: "A change holds at once.",
  nextRun: "A change holds from the next run on.",
  nextCalibration: "A change holds for the next calibration.",
}

export interface SettingWords {
  title: string
  says: string
  /** After the number; none for the leg. */
  unit: string
  /** What 0 does, where it is something else than a small number. */
  zero?: string
  holds: Holds
}

/** The leg is chosen beside the device's name. */
export type ShownSetting = Exclude<SettingName, "leg">

export const SETTING_WORDS: Readonly<Record<ShownSetting, SettingWords>> = {
  thresholdDeg: {
    title: "Your threshold",
    says: "A bend past this angle, while the leg carries you, counts as a compression. Nearly every running step passes 30°.",
    unit: "°",
    holds: "nextRun",
  },
  overloadCompressions: {
    title: "Buzz after so many compressions",
    says: "Counted in one run.",
    unit: "compressions",
    zero: "no buzz for this reason",
    holds: "now",
  },
  overloadCompressionsAgain: {
    title: "And again after so many more",
    says: "Each time so many have come since the last buzz for this reason.",
    unit: "compressions",
    zero: "once a run",
    holds: "now",
  },
  overloadDegreeSecondsPerMinute: {
    title: "Buzz when it is long and deep",
    says: "How far past your threshold, times how many seconds, in an average minute. Ten degrees past it for 13 seconds of each minute make 130.",
    unit: "° × s a minute",
    zero: "no buzz for this reason",
    holds: "now",
  },
  overloadDegreeSecondsMinutes: {
    title: "Over how many minutes",
    says: "The average of so many minutes is looked at.",
    unit: "min",
    holds: "now",
  },
  overloadDepthDeg: {
    title: "Buzz when you bend deeper than early in the run",
    says: "By so many degrees. It can be a sign of tiring.",
    unit: "°",
    zero: "no buzz for this reason",
    holds: "now",
  },
  overloadDepthRecentCycles: {
    title: "How many steps are recent",
    says: "Steps of this leg; the one in their middle counts.",
    unit: "steps",
    holds: "now",
  },
  overloadDepthFirstCycle: {
    title: "Early in the run begins with step",
    says: "Steps of this leg, counted from 1. The first ones may differ until you are warm.",
    unit: "",
    holds: "now",
  },
  overloadDepthLastCycle: {
    title: "Early in the run ends with step",
    says: "It has to come after the first, otherwise there is no buzz for depth.",
    unit: "",
    holds: "now",
  },
  buzzIntervalS: {
    title: "Between the first two buzzes, at least",
    says: "This doubles with each buzz of a run.",
    unit: "s",
    holds: "now",
  },
  buzzesPerRun: {
    title: "Buzzes in a run, at most",
    says: "Buzzes that say it has been enough.",
    unit: "buzzes",
    zero: "no buzz at all",
    holds: "now",
  },
  buzzStrengthPercent: {
    title: "How strong it buzzes",
    says: "Try it with a test buzz.",
    unit: "%",
    holds: "now",
  },
  pauseLimitS: {
    title: "A longer pause ends the run",
    says: "Shorter pauses belong to it.",
    unit: "s",
    holds: "now",
  },
  sleepAfterMin: {
    title: "Sleeps after",
    says: "Not moved and not used for so long, the device sleeps until you move it.",
    unit: "min",
    zero: "never",
    holds: "now",
  },
  sittingMin: {
    title: "Buzz after sitting for",
    says: "One gentle buzz a sitting. Press the button once for an hour without. When you get up after so long, your first 20 steps are watched: press twice if they hurt.",
    unit: "min",
    zero: "never",
    holds: "now",
  },
  quietFromH: {
    title: "No buzz for sitting from",
    says: "The hour on your clock.",
    unit: "o'clock",
    zero: "from midnight",
    holds: "now",
  },
  quietToH: {
    title: "No buzz for sitting until",
    says: "The hour on your clock. The same as the one above: a buzz at any hour.",
    unit: "o'clock",
    zero: "until midnight",
    holds: "now",
  },
  heldBendDeg: {
    title: "One bend held at a known angle",
    says: "If you hold one of the three calibrating bends for three seconds at an angle that you know, the device learns how your knee bends while you stand. Running is counted as before.",
    unit: "°",
    zero: "none is held",
    holds: "nextCalibration",
  },
}

export function settingOf(name: ShownSetting): Setting {
  const setting = SETTINGS.find((one) => one.name === name)
  if (!setting) throw new RangeError(`setting "${name}": the device has none of that name`)
  return setting
}

/** "30°", "2500 compressions", "0: never" */
export function valueWords(name: ShownSetting, value: number): string {
  const { unit, zero } = SETTING_WORDS[name]
  if (value === 0 && zero !== undefined) return `0: ${zero}`
  return unit === "" ? String(value) : `${value}${unit === "°" ? "" : " "}${unit}`
}

/** Why what was typed cannot be set, in words; undefined when it can. */
export function typedRefused(name: ShownSetting, typed: string): string | undefined {
  const { min, max } = settingOf(name)
  const value = Number(typed)
  if (/^\d+$/.test(typed) && value >= min && value <= max) return undefined
  return `It takes whole numbers from ${min} to ${max}.`
}
