/** Laws of backups: nothing is lost, the order does not matter, twice is once, and one that breaks off leaves what was there. */
import test from "ava"
import fc from "fast-check"
import type { ImportResult } from "../../../phone/data/companion-data"
import { contents, preferences } from "./content-arbitrary"
import { BREAKS, type Content, contentOf, fill, freshPhone, withBreak, withWindow } from "./fake-phone"

const RUNS = { numRuns: 60 }

/** Of a phone that has this. */
async function backupOf(content: Content): Promise<Blob> {
  freshPhone()
  await fill(content)
  return withWindow((data) => data.backup())
}

async function restored(...files: Blob[]) {
  freshPhone()
  return withWindow(async (data) => {
    const results: ImportResult[] = []
    for (const file of files) results.push(await data.restore(file))
    return { content: await contentOf(data), results }
  })
}

test.serial("what is restored from a backup is what was kept", async (t) => {
  await fc.assert(
    fc.asyncProperty(contents(preferences), async (content) => {
      const file = await backupOf(content)
      const before = await withWindow(contentOf)
      const { content: after, results } = await restored(file)
      t.deepEqual(after, before)
      t.is(after.runs.length, content.runs.length)
      t.deepEqual(results, [
        { runsAdded: content.runs.length, runsKnown: 0, scoresAdded: content.scores.length },
      ])
    }),
    RUNS,
  )
})

test.serial(
  "two phones' backups give the same in either order, and the same again when they come again",
  async (t) => {
    await fc.assert(
      fc.asyncProperty(contents(), contents(), async (one, other) => {
        const [oneFile, otherFile] = [await backupOf(one), await backupOf(other)]
        const forth = await restored(oneFile, otherFile)
        const back = await restored(otherFile, oneFile)
        t.deepEqual(forth.content, back.content)
        const again = await restored(oneFile, otherFile, oneFile, otherFile)
        t.deepEqual(again.content, forth.content)
        for (const { runsAdded, scoresAdded } of again.results.slice(2))
          t.deepEqual([runsAdded, scoresAdded], [0, 0])
        const keys = new Set([...one.runs, ...other.runs].map(({ key }) => key))
        t.deepEqual(forth.content.digests.map(({ key }) => key).sort(), [...keys].sort())
      }),
      RUNS,
    )
  },
)

test.serial("of two about the same thing the newer one stays", async (t) => {
  const score = { runKey: "0-1-1", time: "hour", score: 9, givenMs: 1 } as const
  const device = {
    id: "00",
    name: "Old",
    side: "left",
    firmware: "0.1.0",
    board: "virtual",
    seenMs: 1,
  } as const
  const newer: Content = {
    runs: [],
    scores: [
      { ...score, score: 2, givenMs: 2 },
      { ...score, runKey: "0-1-2", score: 2, correctedMs: 3 },
    ],
    devices: [{ ...device, name: "New", seenMs: 2 }],
    preferences: { scheme: "light", asksForScores: false },
  }
  const older: Content = {
    runs: [],
    scores: [score, { ...score, runKey: "0-1-2", givenMs: 2 }],
    devices: [device],
    preferences: { scheme: "dark", asksForScores: true },
  }
  const { content } = await restored(await backupOf(newer), await backupOf(older))
  t.deepEqual(content.scores, newer.scores)
  t.deepEqual(content.devices, newer.devices)
  t.deepEqual<Content["preferences"], Content["preferences"]>(content.preferences, newer.preferences)
})

for (const [what, breakOff] of Object.entries(BREAKS)) {
  test.serial(`a restore that meets "${what}" at any step leaves what was there`, async (t) => {
    await fc.assert(
      fc.asyncProperty(contents(), contents(preferences), fc.nat(), async (here, there, seed) => {
        const file = await backupOf(there)
        const puts = await withBreak(-1, breakOff, async () => {
          freshPhone()
          await fill(here)
          await withWindow(async (data) => data.restore(file))
        })
        const own = await withBreak(-1, breakOff, async () => {
          freshPhone()
          await fill(here)
        })
        fc.pre(puts > own)
        await withWindow(async (data) => {
          const before = await contentOf(data)
          await withBreak(seed % (puts - own), breakOff, () =>
            t.throwsAsync(data.restore(file), { message: /Nothing of the backup was added/ }),
          )
          t.deepEqual(await contentOf(data), before)
        })
      }),
      RUNS,
    )
  })
}
