/** A process of its own that fuzzes its share and sends how far it is, and at last what it has shown (run.ts). */
import { fuzzLane } from "./lane"
import type { FuzzResult } from "./result"

export interface Share {
  operations: number
  seed: number
}
export type News = { done: number } | { result: FuzzResult }

/** Operations between two messages. */
const TOLD_EVERY = 1000

process.once("message", (share: Share) => {
  let told = 0
  const tell = (done: number) => {
    if (done - told < TOLD_EVERY) return
    told = done
    process.send?.({ done } satisfies News)
  }
  fuzzLane({ ...share, engine: "node", tell }).then(
    (result) => process.send?.({ result } satisfies News, () => process.disconnect()),
    (error) => {
      process.stderr.write(`${error instanceof Error ? error.stack : error}\n`)
      process.exit(1)
    },
  )
})
