/** What somebody who listens to the app is told of the link: few words, of what matters. */
import type { LinkState } from "../link/link-state"
import { syncedWords } from "./link-words"

const PHASE_WORDS: Readonly<Record<LinkState["phase"], string>> = {
  idle: "Not connected",
  choosing: "",
  connecting: "Connecting",
  pairing: "Press the button of the device, to let this phone in",
  syncing: "Connected. Your runs are being fetched",
  ready: "Connected",
  lost: "The connection was lost",
}

/** The words for a change of state; "" when it is not worth any. */
export function announcement(before: LinkState, now: LinkState): string {
  if (now.failure && now.failure !== before.failure) return `${now.failure.happened} ${now.failure.toDo}`
  if (now.phase === before.phase) return ""
  if (before.phase === "syncing" && now.phase === "ready" && now.sync) return syncedWords(now.sync)
  return PHASE_WORDS[now.phase]
}
