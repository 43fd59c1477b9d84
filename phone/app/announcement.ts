/** What somebody who listens to the app is told of the link: few words, of what matters. */
import { isConnected, type LinkState } from "../link/link-state"
import { syncedWords } from "./link-words"
import type { Route } from "./route"

const PHASE_WORDS: Readonly<Record<LinkState["phase"], string>> = {
  idle: "Not connected",
  choosing: "",
  connecting: "Connecting",
  pairing: "Press the button of the device, to let this phone in",
  syncing: "Connected. Your runs are being fetched",
  ready: "Connected",
  lost: "The connection was lost",
}

/** They say themselves, in live regions of their own, what came of each request. */
const ANSWERING: readonly Route["screen"][] = ["live", "calibrate", "settings", "routine", "player"]

/** The words for a change of state; "" when it is not worth any, or the screen that is shown tells it. */
export function announcement(before: LinkState, now: LinkState, screen: Route["screen"]): string {
  if (now.failure && now.failure !== before.failure) {
    // Of all failures those of a request alone leave the connection as it was.
    const isOfRequest = isConnected(now) && now.phase === before.phase
    return isOfRequest && ANSWERING.includes(screen) ? "" : `${now.failure.happened} ${now.failure.toDo}`
  }
  if (now.phase === before.phase) return ""
  if (before.phase === "syncing" && now.phase === "ready" && now.sync) return syncedWords(now.sync)
  return PHASE_WORDS[now.phase]
}
