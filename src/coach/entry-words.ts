/** What came of a readiness test or a routine, in plain words: "ready, 3 bends to 35°, no pain". Empty when there is nothing to say of it. */
import { constant } from "../constant"
import { CoachEntryKind } from "./coach-entry"
import { CoachAnswer, Readiness } from "./routine"

const READINESS_WORDS: Readonly<Record<number, string>> = constant({
  [Readiness.unknown]: "not said",
  [Readiness.ready]: "ready",
  [Readiness.warmUp]: "warm up and try again",
  [Readiness.notToday]: "not today",
})
const CDEG_PER_DEG = 100

export function entryWords(
  entry: Readonly<Record<"kind" | "repeats" | "depthCdeg" | "answer" | "readiness", number>>,
): string {
  const { kind, repeats, depthCdeg, answer, readiness } = entry
  const said = kind === CoachEntryKind.readiness ? `, ${READINESS_WORDS[readiness]}` : ""
  const depth = Math.round(depthCdeg / CDEG_PER_DEG)
  const bends = repeats > 0 ? `, ${repeats} ${repeats === 1 ? "bend" : "bends"} to ${depth}°` : ""
  const pain = answer === CoachAnswer.pain ? ", pain" : answer === CoachAnswer.noPain ? ", no pain" : ""
  return `${said}${bends}${pain}`.slice(2)
}
