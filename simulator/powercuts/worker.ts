/** A process of its own that makes every so many-th cut and sends what each has shown (run.ts). */
import { allCuts, sampleOf } from "./cut-list"
import { playReference } from "./reference"
import type { CutResult } from "./result"
import { Trials } from "./trials"

export interface Share {
  /** Cuts of the scenario's operations, of all. */
  sample: number
  lane: number
  lanes: number
}
export interface News {
  /** Of all lanes. */
  places: number
  result?: CutResult
}

/** Makes the cuts of one lane. @param tell is told how many there are in all, and of each when it was made */
export async function makeShare({ sample, lane, lanes }: Share, tell: (news: News) => void): Promise<void> {
  const reference = await playReference()
  const cuts = sampleOf(allCuts(reference.operations), sample)
  const trials = new Trials(reference)
  tell({ places: cuts.length })
  for (const [nth, cut] of cuts.entries())
    if (nth % lanes === lane)
      tell({ places: cuts.length, result: await trials.make(cut, Math.floor(nth / lanes)) })
}

process.once("message", (share: Share) => {
  makeShare(share, (news) => process.send?.(news)).then(
    () => process.disconnect(),
    (error) => {
      process.stderr.write(`${error instanceof Error ? error.stack : error}\n`)
      process.exit(1)
    },
  )
})
