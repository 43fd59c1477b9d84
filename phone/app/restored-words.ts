/** What a backup has brought. */
import type { ImportResult } from "../data/companion-data"
import { count } from "../runs/number-words"

export function restoredWords({ runsAdded, runsKnown, scoresAdded }: ImportResult): string {
  const runs = runsWords(runsAdded, runsKnown)
  return scoresAdded === 0 ? runs : `${runs} ${count(scoresAdded, "pain score")} added.`
}

function runsWords(added: number, known: number): string {
  if (added === 0 && known === 0) return "There are no runs in it."
  if (added === 0)
    return known === 1 ? "The run of it was here already." : `All ${known} runs of it were here already.`
  const addedWords = `${count(added, "run")} added.`
  return known === 0
    ? addedWords
    : `${addedWords} ${count(known, "run")} ${known === 1 ? "was" : "were"} here already.`
}
