/** What a page is told first: what there is to play and to set. */
import { SETTINGS } from "../../src/storage/settings"
import { allScenarios } from "../scenario/library"
import { lengthS } from "../scenario/motion-of-scenario"
import { FIRST_SEED, type Message } from "./messages"

/** @param version the project's */
export function welcome(version: string): Message {
  return {
    tell: "welcome",
    version,
    scenarios: allScenarios().map((named) => {
      const { title, description } = named.scenario
      return { name: named.name, title, description, durationS: lengthS(named, FIRST_SEED) }
    }),
    settings: SETTINGS.map(({ name, default: value, min, max }) => ({ name, value, min, max })),
  }
}
