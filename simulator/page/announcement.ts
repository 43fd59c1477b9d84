/** What somebody who listens to the page is told: few words, of what matters. */
import { clock } from "../number-words"
import type { PhoneView } from "../serve/messages"
import type { State } from "./state"

/** Of the news; all else would chatter. */
const TOLD = new Set(["runStarted", "runEnded", "buzz", "batteryEmpty", "calibrated", "strapShifted"])
const PHASE_WORDS: Readonly<Record<State["phase"], string>> = {
  loading: "",
  ready: "Ready to play",
  running: "Playing",
  paused: "Paused",
  done: "It is over: what came of it stands above the leg",
}

/** The words for a change of state; "" when it is not worth any. */
export function announcement(before: State, now: State): string {
  if (now.phase !== before.phase) {
    const when = now.phase === "paused" ? ` at ${clock(now.timeS)}` : ""
    return `${PHASE_WORDS[now.phase]}${when}`
  }
  if (now.phone && before.phone && now.phone.link !== before.phone.link)
    return linkWords(before.phone.link, now.phone.link)
  // The list drops its oldest: what is new stands behind the newest of before.
  const newest = before.news.at(-1)
  const fresh = now.news.slice(newest ? now.news.lastIndexOf(newest) + 1 : 0)
  const told = fresh.filter(({ name }) => TOLD.has(name)).at(-1)
  return told ? `${told.words}${told.detail ? `, ${told.detail}` : ""}` : ""
}

function linkWords(before: PhoneView["link"], now: PhoneView["link"]): string {
  if (now === "connected") return "The phone is connected"
  if (now === "companion") return "The companion is connected"
  return before === "companion" ? "The companion is not connected any more" : "The phone lost the link"
}
