/** What the app says of all that it keeps: how much, how large, how safe, and what a backup brought. */
import test from "ava"
import { restoredWords } from "../../../phone/app/restored-words"
import { contentWords, safetyWords, sizeWords } from "../../../phone/app/room-words"
import { PREFERENCES } from "../../../phone/data/kept"
import { tested } from "../data/recorded"
import { DEVICE, digest } from "./digests"

test("how much is kept", (t) => {
  const nothing = { digests: [], devices: [], scores: [], coach: [], preferences: PREFERENCES }
  t.is(contentWords(nothing), "0 runs")
  const score = { runKey: digest().key, time: "hour", score: 2, givenMs: 0 } as const
  t.is(
    contentWords({ ...nothing, digests: [digest()], devices: [DEVICE], scores: [score, score] }),
    "1 run of 1 device, 2 pain scores",
  )
  t.is(contentWords({ ...nothing, coach: [tested(1)] }), "0 runs, 1 coach entry")
  t.is(contentWords({ ...nothing, coach: [tested(1), tested(2)] }), "0 runs, 2 coach entries")
})

for (const [bytes, words] of [
  [0, "0 KB"],
  [1, "1 KB"],
  [64_000, "64 KB"],
  [1_240_000, "1.2 MB"],
  [12_400_000, "12 MB"],
] as const) {
  test(`${bytes} bytes: ${words}`, (t) => t.is(sizeWords(bytes), words))
}

test("a backup is advised whether or not the browser has promised to keep all", (t) => {
  for (const isPersisted of [true, false])
    t.regex(safetyWords({ isPersisted }), /save a backup now and then/i)
})

for (const [runsAdded, runsKnown, scoresAdded, words] of [
  [3, 0, 0, "3 runs added."],
  [3, 1, 2, "3 runs added. 1 run was here already. 2 pain scores added."],
  [0, 12, 0, "All 12 runs of it were here already."],
  [0, 1, 1, "The run of it was here already. 1 pain score added."],
  [0, 0, 0, "There are no runs in it."],
] as const) {
  test(`${runsAdded} runs, ${runsKnown} known, ${scoresAdded} scores: ${words}`, (t) => {
    t.is(restoredWords({ runsAdded, runsKnown, scoresAdded }), words)
  })
}
