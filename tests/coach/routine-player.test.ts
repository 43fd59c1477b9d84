/** What each kind of step is to the wearer, and what the routine's entry tells of it. */
import test from "ava"
import { CoachEntryFlag, CoachEntryKind } from "../../src/coach/coach-entry"
import { BendNews } from "../../src/coach/player-port"
import { CoachAnswer, CoachPhase, READINESS_ID, type RoutineStep, StepKind } from "../../src/coach/routine"
import { Played, routineOf, stepOf } from "./played"

const MINUTE_MS = 60_000
const { reached, left, finished } = BendNews

function played(...steps: RoutineStep[]): Played {
  return new Played(routineOf(...steps))
}

const test3 = stepOf(StepKind.test, { repeats: 3, everyMs: 3000 })
const squats = stepOf(StepKind.test, { repeats: 2, everyMs: 0, isOptional: true })

const timed: [what: string, step: RoutineStep, felt: string[]][] = [
  [
    "a pace: a tick every so often, the last is the end",
    stepOf(StepKind.pace, { repeats: 3, everyMs: 500 }),
    ["0 step", "500 tick", "1000 tick", "1500 done"],
  ],
  [
    "counted aloud: likewise",
    stepOf(StepKind.count, { repeats: 2, everyMs: 4000 }),
    ["0 step", "4000 tick", "8000 done"],
  ],
  [
    "holds with rests: a turn at the end of each hold and of each rest, none after the last hold",
    stepOf(StepKind.hold, { repeats: 2, everyMs: 20_000, restMs: 5000 }),
    ["0 step", "20000 turn", "25000 turn", "45000 done"],
  ],
  [
    "holds without rests: one turn between them",
    stepOf(StepKind.hold, { repeats: 2, everyMs: 20_000 }),
    ["0 step", "20000 turn", "40000 done"],
  ],
  [
    "breaths: a turn after in and after out",
    stepOf(StepKind.breathe, { repeats: 2, downMs: 4000, upMs: 8000 }),
    ["0 step", "4000 turn", "12000 turn", "16000 turn", "24000 done"],
  ],
  ["rest: nothing", stepOf(StepKind.rest, { everyMs: 7000 }), ["0 step", "7000 done"]],
]
for (const [what, step, felt] of timed)
  test(what, (t) => {
    const one = played(step).pass(MINUTE_MS)
    t.deepEqual(one.felt, felt)
    t.is(one.player.phase, CoachPhase.done)
    t.is(one.player.entry().flags, CoachEntryFlag.complete)
  })

test("the wearer gets ready as long as three minutes, and begins with a press", (t) => {
  const steps = [stepOf(StepKind.ready), stepOf(StepKind.rest)]
  const begun = played(...steps)
    .pass(3 * MINUTE_MS - 1)
    .next()
  t.is(begun.player.step, 1)
  t.deepEqual(begun.felt, ["0 step", "179999 step"])
  const away = played(...steps).pass(3 * MINUTE_MS)
  t.deepEqual(away.felt, ["0 step", "180000 done"])
  t.is(away.player.entry().flags, 0)
})

test("what it does now: step, repeat, time since the step began, which stands when it is done", (t) => {
  const one = played(stepOf(StepKind.rest), stepOf(StepKind.pace, { repeats: 3 })).pass(2500)
  t.is(one.player.phase, CoachPhase.playing)
  t.deepEqual([one.player.step, one.player.repeat, one.player.stepMs(one.nowMs)], [1, 1, 1500])
  one.pass(MINUTE_MS)
  t.is(one.player.phase, CoachPhase.done)
  t.deepEqual([one.player.step, one.player.repeat, one.player.stepMs(one.nowMs)], [1, 3, 3000])
})

test("bends to a tempo: a turn when it is deep and after the hold, a tick when it counts, and the next begins", (t) => {
  const tempo = { repeats: 2, downMs: 2000, everyMs: 1000, upMs: 2000 }
  const one = played(stepOf(StepKind.bends, tempo)).pass(5200).bent().pass(5000).bent()
  t.deepEqual(one.felt, [
    "0 step",
    "2000 turn",
    "3000 turn",
    "5200 tick",
    "7200 turn",
    "8200 turn",
    "10200 done",
  ])
})

test("without a tempo bends are only counted", (t) => {
  const one = played(stepOf(StepKind.bends, { repeats: 2 }))
    .pass(30_000)
    .news(reached)
    .pass(1000)
    .bent()
  t.deepEqual(one.felt, ["0 step", "31000 tick"])
  t.is(one.player.repeat, 1)
})

test("a bend that is not deep enough does not count, nor does it put off the end; its depth is told", (t) => {
  const one = played(stepOf(StepKind.bends, { repeats: 2 })).bent({ peakCdeg: 3000 })
  t.is(one.player.repeat, 1)
  one.pass(59_999).bent({ peakCdeg: 2999 })
  t.deepEqual([one.player.repeat, one.player.depthCdeg, one.player.wantsBends], [1, 2999, 3000])
  one.pass(1)
  t.is(one.player.phase, CoachPhase.done)
  t.is(one.player.wantsBends, 0)
  t.like(one.player.entry(), { repeats: 1, depthCdeg: 3000, flags: 0 })
})

test("a test ticks at the depth and each second while it is held, and a bend of any depth counts", (t) => {
  const one = played(test3).pass(1000).news(reached).pass(5000).news(left).pass(400).bent()
  t.deepEqual(one.feels(), ["0 step", "1000 tick", "2000 tick", "3000 tick", "4000 tick", "6400 tick"])
  one.pass(600).news(reached).pass(1500).news(left).pass(3000).bent()
  t.deepEqual(one.feels(), ["7000 tick", "8000 tick", "11500 tick"], "let go early: no more seconds")
  one.pass(500).bent({ peakCdeg: 1200 })
  t.deepEqual(one.feels(), ["12000 ask"])
})

test("of a test each bend puts off its end", (t) => {
  const one = played(test3).pass(59_999).bent({ peakCdeg: 1200 }).pass(59_999)
  t.is(one.player.phase, CoachPhase.playing)
  t.is(one.pass(1).player.phase, CoachPhase.done)
})

test("a bend that was over before the step began is not the step's, one that is told late is", (t) => {
  const one = played(stepOf(StepKind.rest), stepOf(StepKind.bends, { repeats: 2 })).pass(1000)
  one.news(finished, {}, 1)
  t.is(one.player.repeat, 0)
  one.pass(30).news(finished, {}, 30)
  t.is(one.player.repeat, 1)
})

test("a bend is nobody's in a step that wants none, nor while it asks", (t) => {
  const one = played(stepOf(StepKind.pace, { repeats: 9 }), test3).bent()
  t.deepEqual([one.player.wantsBends, one.player.repeat, one.player.depthCdeg], [0, 0, 0])
  one.next().bent().bent().bent()
  t.is(one.player.phase, CoachPhase.asking)
  one.bent({ peakCdeg: 9000 })
  t.deepEqual([one.player.repeat, one.player.depthCdeg, one.player.wantsBends], [3, 3500, 0])
})

const asked: [what: string, act: (one: Played) => Played, answer: CoachAnswer, felt: string][] = [
  ["a short press: no pain", (one) => one.next(), CoachAnswer.noPain, "step"],
  ["no pain", (one) => one.answer(false), CoachAnswer.noPain, "step"],
  ["pain: it ends", (one) => one.answer(true), CoachAnswer.pain, "done"],
  ["stopped: no answer", (one) => one.stop(), CoachAnswer.none, "done"],
  ["nothing for a minute: no answer", (one) => one.pass(MINUTE_MS), CoachAnswer.none, "step"],
]
for (const [what, act, answer, felt] of asked)
  test(`asked whether it hurt, ${what}`, (t) => {
    const one = played(test3, squats).bent().bent().bent()
    one.feels()
    act(one)
    t.is(one.player.answered, answer)
    t.deepEqual(
      one.feels().map((line) => line.split(" ")[1]),
      [felt],
    )
    t.is(one.player.entry().flags, CoachEntryFlag.complete, "all that is asked for was done")
  })

test("a question waits a minute from when it was asked", (t) => {
  const one = played(test3, squats).pass(30_000).next().pass(59_999)
  t.is(one.player.phase, CoachPhase.asking)
  t.is(one.pass(1).player.phase, CoachPhase.playing)
})

test("a question without an answer leaves none, whatever the other answers, but for pain", (t) => {
  const one = played(test3, test3, test3).next().pass(MINUTE_MS).next().next()
  t.is(one.player.answered, CoachAnswer.none)
  t.is(one.next().answer(true).player.answered, CoachAnswer.pain)
  const stopped = played(test3, test3).next().next().next().stop()
  t.is(stopped.player.answered, CoachAnswer.none)
})

test("it hurts: it ends in whatever step, kept as pain, and is not complete", (t) => {
  const one = played(stepOf(StepKind.pace, { repeats: 9 }), stepOf(StepKind.rest))
    .pass(100)
    .answer(true)
  t.deepEqual(one.felt, ["0 step", "100 done"])
  t.like(one.player.entry(), { answer: CoachAnswer.pain, flags: 0 })
  one.answer(false).next().stop().bent().pass(MINUTE_MS)
  t.deepEqual(one.felt, ["0 step", "100 done"], "and nothing changes it any more")
  t.is(one.player.answered, CoachAnswer.pain)
})

test("that it does not hurt is no answer where nothing was asked", (t) => {
  const one = played(stepOf(StepKind.pace, { repeats: 9 })).answer(false)
  t.is(one.player.answered, CoachAnswer.none)
  t.is(one.player.phase, CoachPhase.playing)
})

test("what is only done if wanted ends after 15 s without a bend, unasked, and takes nothing from the rest", (t) => {
  const one = played(test3, squats).bent().bent().bent().next()
  one.feels()
  one.pass(15_000)
  t.deepEqual(one.feels(), ["15000 done"])
  t.like(one.player.entry(), { flags: CoachEntryFlag.complete, answer: CoachAnswer.noPain })
})

test("begun within 15 s it goes on, is asked about, and its bends are not the test's", (t) => {
  const one = played(test3, squats).bent().bent().bent().next()
  one
    .pass(14_000)
    .news(reached)
    .pass(14_000)
    .news(left | finished, { peakCdeg: 8000 })
  t.is(one.player.phase, CoachPhase.playing)
  const half = one.pass(15_000)
  t.is(half.player.phase, CoachPhase.asking)
  t.like(half.answer(true).player.entry(), {
    flags: CoachEntryFlag.complete,
    answer: CoachAnswer.pain,
    repeats: 3,
    depthCdeg: 3500,
  })
  const whole = played(test3, squats).bent().bent().bent().next().bent().bent().next()
  t.is(whole.player.entry().flags, CoachEntryFlag.complete | CoachEntryFlag.optionalDone)
})

test("with all that is only done if wanted it is told so, with some of it not", (t) => {
  const { complete, optionalDone } = CoachEntryFlag
  const rest = stepOf(StepKind.rest, { isOptional: true })
  t.is(
    played(stepOf(StepKind.ready, { isOptional: true }), rest)
      .next()
      .next()
      .player.entry().flags,
    3,
  )
  const one = played(rest, stepOf(StepKind.pace), stepOf(StepKind.pace, { isOptional: true })).pass(2000)
  t.is(one.player.entry().flags & optionalDone, 0)
  t.is(one.stop().player.entry().flags, complete)
})

test("what waits ends when its time is over, not when a late timer says so", (t) => {
  const routine = routineOf(test3, squats, stepOf(StepKind.rest))
  const one = new Played(routine, 0, () => 50).next().pass(MINUTE_MS + 15_000 + 1000 + 50)
  t.is(one.player.phase, CoachPhase.done)
  t.is(one.player.entry().endMs, MINUTE_MS + 15_000 + 1000)
})

test("stopped before what is asked for was done, it is not complete", (t) => {
  t.is(played(test3, squats).bent().stop().player.entry().flags, 0)
  t.is(played(test3, squats).next().next().stop().player.entry().flags, CoachEntryFlag.complete)
})

test("a test for which no knee bends ends after a minute, without a question", (t) => {
  const one = played(test3, squats).pass(MINUTE_MS)
  t.deepEqual(one.felt, ["0 step", "60000 done"])
  t.like(one.player.entry(), { flags: 0, answer: CoachAnswer.none, repeats: 0, depthCdeg: 0, meanMs: 0 })
})

test("its entry: the bends' median depth, mean duration and halts, and how long it took", (t) => {
  const one = new Played({ id: READINESS_ID, steps: [stepOf(StepKind.test, { repeats: 4 })] }, 5000)
  one.pass(2000).bent({ peakCdeg: 4100, durationMs: 3000, halts: 1 })
  one.pass(2000).bent({ peakCdeg: 1000, durationMs: 2000 })
  one.pass(2000).bent({ peakCdeg: 3900, durationMs: 2001, halts: 2 })
  one.pass(2000).bent({ peakCdeg: 3001, durationMs: 2000 })
  t.deepEqual(one.pass(1999).next().player.entry(), {
    kind: CoachEntryKind.readiness,
    routine: READINESS_ID,
    endMs: 14_999,
    durationS: 9,
    repeats: 4,
    depthCdeg: 3450,
    meanMs: 2250,
    halts: 3,
    answer: CoachAnswer.noPain,
    readiness: 0,
    flags: CoachEntryFlag.complete,
  })
  t.is(played(stepOf(StepKind.rest)).player.entry().kind, CoachEntryKind.routine)
})
