/** What the app says of the link, and of time. */
import test from "ava"
import { announcement } from "../../../phone/app/announcement"
import { clockWords, durationWords, minutesAndSeconds } from "../../../phone/app/duration-words"
import { phaseWords, progressWords, syncedWords } from "../../../phone/app/link-words"
import type { Route } from "../../../phone/app/route"
import { failureOfLack, failureOfValue } from "../../../phone/link/failure"
import type { LinkState, LinkSync } from "../../../phone/link/link-state"

const SYNC: LinkSync = { runsDone: 1, runsTotal: 3, bytesDone: 2100, bytesTotal: 6340, added: [], failed: [] }

for (const [seconds, words] of [
  [0, "0 s"],
  [59, "59 s"],
  [60, "1 min"],
  [1920, "32 min"],
  [3599, "1 h 00 min"],
  [3900, "1 h 05 min"],
] as const) {
  test(`${seconds} s: ${words}`, (t) => t.is(durationWords(seconds), words))
}

for (const [seconds, minutes, clock] of [
  [0, "0 s", "0:00"],
  [59.6, "1 min 00 s", "0:59"],
  [400, "6 min 40 s", "6:40"],
  [4025, "67 min 05 s", "1:07:05"],
] as const) {
  test(`${seconds} s to the second: ${minutes}; a moment: ${clock}`, (t) => {
    t.is(minutesAndSeconds(seconds), minutes)
    t.is(clockWords(seconds), clock)
  })
}

test("what a sync does and has brought", (t) => {
  t.is(progressWords(SYNC), "1 of 3 runs, 2.1 of 6.3 KB")
  t.is(syncedWords(SYNC), "You have all runs of this device.")
  t.is(syncedWords({ ...SYNC, added: ["a"] }), "1 new run fetched.")
  t.is(
    syncedWords({ ...SYNC, added: ["a", "b"], failed: [7] }),
    "2 new runs fetched. The device could not give 1 run: 7.",
  )
})

test("a device that is found again is told as such", (t) => {
  t.is(phaseWords({ phase: "lost" }), "connection lost")
  t.is(phaseWords({ phase: "lost", retry: { count: 1, limit: 5, waitMs: 1000 } }), "finding it again")
})

test("changes of the link are announced once; progress is not", (t) => {
  const idle: LinkState = { phase: "idle" }
  const syncing: LinkState = { phase: "syncing", sync: SYNC }
  const said = (before: LinkState, now: LinkState) => announcement(before, now, "live")
  const failure = failureOfLack("bluetooth")
  t.is(said(idle, { phase: "connecting" }), "Connecting")
  t.is(said(syncing, { ...syncing, sync: { ...SYNC, runsDone: 2 } }), "")
  t.is(said(syncing, { phase: "ready", sync: { ...SYNC, added: ["a"] } }), "1 new run fetched.")
  t.is(said(idle, { ...idle, failure }), `${failure.happened} ${failure.toDo}`)
  t.is(said({ ...idle, failure }, { ...idle, failure }), "")
})

test("what the device refuses is told by the screen that asked for it, or announced, and not both", (t) => {
  const failure = failureOfValue("too much")
  const words = `${failure.happened} ${failure.toDo}`
  for (const phase of ["ready", "syncing"] as const) {
    const refused = (screen: Route["screen"]) => announcement({ phase }, { phase, failure }, screen)
    for (const screen of ["live", "calibrate", "settings", "routine", "player"] as const)
      t.is(refused(screen), "", screen)
    for (const screen of ["device", "runs"] as const) t.is(refused(screen), words, screen)
  }
  t.is(announcement({ phase: "syncing" }, { phase: "ready", failure }, "live"), words, "a sync")
})
