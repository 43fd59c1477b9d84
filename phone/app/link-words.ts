/** What the link is doing, in words for the wearer. */
import type { LinkState, LinkSync } from "../link/link-state"
import { count } from "../runs/number-words"

const BYTES_PER_KB = 1000

/** In a word or two, for a place where there is little room. */
export function phaseWords({ phase, retry }: LinkState): string {
  if (retry) return "finding it again"
  return PHASES[phase]
}

const PHASES: Readonly<Record<LinkState["phase"], string>> = {
  idle: "not connected",
  choosing: "choosing",
  connecting: "connecting",
  pairing: "press the button",
  syncing: "fetching runs",
  ready: "connected",
  lost: "connection lost",
}

/** What a sync has brought. */
export function syncedWords({ added, failed }: LinkSync): string {
  const came =
    added.length === 0 ? "You have all runs of this device." : `${count(added.length, "new run")} fetched.`
  if (failed.length === 0) return came
  return `${came} The device could not give ${count(failed.length, "run")}: ${failed.join(", ")}.`
}

export function progressWords({ runsDone, runsTotal, bytesDone, bytesTotal }: LinkSync): string {
  const kilobytes = (bytes: number) => (bytes / BYTES_PER_KB).toFixed(1)
  return `${runsDone} of ${count(runsTotal, "run")}, ${kilobytes(bytesDone)} of ${kilobytes(bytesTotal)} KB`
}
