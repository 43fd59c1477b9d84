/** Readiness tests and routines on the device, seen from outside: by the button, by a phone, in what is felt and in what is kept. */
import test from "ava"
import { CoachEntryFlag, CoachEntryKind } from "../../src/coach/coach-entry"
import { CoachAnswer, CoachPhase, READINESS_ID, Readiness } from "../../src/coach/routine"
import { ROUTINES } from "../../src/coach/routine-table"
import { projectRecording, Wear } from "./wear"

const S01 = await projectRecording("S01.csv.gz")
/** Its five bends lie between these. */
const BENDS_S = [7, 26.5] as const
const CHOICE_MS = 5000
const LONG_MS = 3200
/** Longer than a routine waits for what is only done if wanted. */
const UNWANTED_MS = 16_000

/** The timer is some ms late at times. */
const round = (ms: number) => Math.round(ms / 20) * 20

/** Stands, after five bends. */
async function calibrated(engine?: "xs"): Promise<Wear> {
  const wear = await Wear.boot(engine)
  await wear.play(S01, 0, BENDS_S[1])
  return wear
}

async function press({ link }: Wear, times = 1, ms = 120): Promise<void> {
  for (let count = 0; count < times; count++) {
    await link.pressButton(true)
    await link.advance(ms)
    await link.pressButton(false)
    await link.advance(160)
  }
  await link.advance(500)
}

/** By the button: the routine with that id begins. */
async function begin(wear: Wear, id: number): Promise<void> {
  await press(wear, 2)
  for (let place = ROUTINES.findIndex((routine) => routine.id === id); place > 0; place--) await press(wear)
  await wear.link.advance(CHOICE_MS)
}

async function logOf({ phone }: Wear) {
  await phone.connect()
  const { entries } = await phone.coachLog()
  await phone.disconnect()
  return entries
}

for (const engine of [undefined, "xs"] as const)
  test(`by the button alone the knee is found ready, which stands before the run${engine ? " (XS)" : ""}`, async (t) => {
    const wear = await calibrated(engine)
    await begin(wear, READINESS_ID)
    await press(wear)
    const before = wear.motor.length
    await wear.play(S01, ...BENDS_S)
    // Each bend passes 30° and comes back; the third asks.
    t.deepEqual(wear.pulsesMs(before).slice(-3).map(round), [120, 120, 400])
    await press(wear)
    await wear.link.advance(UNWANTED_MS)
    t.regex(
      wear.eventsNamed("routineEnded")[0]?.detail ?? "",
      /^readiness test, ready, 3 bends to \d\d°, no pain$/,
    )

    await wear.play(S01, BENDS_S[1], 80)
    await wear.closeRun()
    await wear.phone.connect()
    const [entry, ...others] = (await wear.phone.coachLog()).entries
    t.deepEqual(others, [])
    t.like(entry, {
      kind: CoachEntryKind.readiness,
      routine: READINESS_ID,
      repeats: 3,
      answer: CoachAnswer.noPain,
      readiness: Readiness.ready,
      flags: CoachEntryFlag.complete,
    })
    t.regex(await wear.phone.summaryText(), /^Knee before the run: ready, 3 bends to \d\d°, no pain\nRun 1: /)
    await wear.engine.close()
  })

test("pain ends the test: warm up and try again; with pain again, not today", async (t) => {
  const wear = await calibrated()
  for (const readiness of [Readiness.warmUp, Readiness.notToday]) {
    await begin(wear, READINESS_ID)
    await press(wear)
    await wear.play(S01, BENDS_S[0], 13)
    await press(wear, 2)
    const entry = (await logOf(wear)).at(-1)
    t.like(entry, { answer: CoachAnswer.pain, readiness, flags: 0 })
    await wear.play(S01, 13, BENDS_S[1])
  }
  await wear.phone.connect()
  t.regex(await wear.phone.summaryText(), /^Knee: not today, \d bends? to \d\d°, pain\nNo run yet\.$/)
})

for (const { id } of ROUTINES)
  test(`routine ${id} comes to its end by the button alone, and is kept`, async (t) => {
    const wear = await calibrated()
    await begin(wear, id)
    for (let presses = 0; wear.eventsNamed("routineEnded").length === 0 && presses < 40; presses++)
      await press(wear)
    t.is(wear.eventsNamed("routineEnded").length, 1)
    t.like((await logOf(wear)).at(-1), { routine: id, flags: CoachEntryFlag.complete })
  })

test("a long press is never mind, and ends what is under way; both are felt", async (t) => {
  const wear = await calibrated()
  await press(wear, 2)
  const before = wear.motor.length
  await press(wear, 1, LONG_MS)
  await wear.link.advance(CHOICE_MS)
  t.deepEqual(wear.pulsesMs(before).map(round), [400, 120, 120])
  t.deepEqual(wear.eventsNamed("routineStarted"), [])

  await begin(wear, 2)
  await press(wear, 1, LONG_MS)
  t.is(wear.eventsNamed("routineEnded").length, 1)
  t.like((await logOf(wear)).at(-1), { routine: 2, flags: 0 })
  // The button is what it was.
  await press(wear, 1, LONG_MS)
  t.is(wear.eventsNamed("forgotten").length, 0)
})

test("a phone begins, follows and ends a routine; what cannot be done now is refused", async (t) => {
  const wear = await calibrated()
  const { phone, link } = wear
  await phone.connect()
  t.like(await phone.coach(), { phase: CoachPhase.idle, routine: 0 })
  await t.throwsAsync(phone.askCoach("start", 99))
  await t.throwsAsync(phone.askCoach("next"))
  await t.throwsAsync(phone.askCoach("pain"))
  await phone.askCoach("start", 2)
  t.like(await phone.coach(), { phase: CoachPhase.playing, routine: 2, step: 0 })
  await phone.askCoach("next")
  await link.advance(3100)
  t.like(await phone.coach(), { step: 1, repeat: 5 })
  await phone.askCoach("stop")
  t.like(await phone.coach(), { phase: CoachPhase.done, routine: 2, answer: CoachAnswer.none })
  await wear.play(S01, BENDS_S[1], 60)
  await t.throwsAsync(phone.askCoach("start", 2), undefined, "a run is open")
})

test("bends that cannot be measured yet are not begun: the motor says no", async (t) => {
  const wear = await Wear.boot()
  await wear.link.advance(2000)
  await begin(wear, READINESS_ID)
  t.deepEqual(wear.eventsNamed("routineStarted"), [])
  t.is(round(wear.pulsesMs().at(-1) ?? 0), 1000)
  await begin(wear, 2)
  t.is(wear.eventsNamed("routineStarted").length, 1)
})

test("a run that begins ends the routine, and nothing of it is felt", async (t) => {
  const wear = await calibrated()
  await begin(wear, 3)
  await press(wear)
  await wear.play(S01, BENDS_S[1], 60)
  t.is(wear.eventsNamed("runStarted").length, 1)
  t.is(wear.eventsNamed("routineEnded").length, 1)
  const before = wear.motor.length
  await wear.play(S01, 60, 70)
  t.deepEqual(wear.pulsesMs(before), [])
})

test("a phone that follows the knee is told the same beside a test as without", async (t) => {
  const live = async (isTested: boolean) => {
    const wear = await calibrated()
    await wear.phone.connect()
    await wear.phone.subscribeLive(() => {})
    if (isTested) await wear.phone.askCoach("start", READINESS_ID)
    if (isTested) await wear.phone.askCoach("next")
    const from = wear.notifications.length
    await wear.play(S01, ...BENDS_S)
    return wear.notifications.slice(from).flatMap((notification) => wear.phone.liveIn(notification) ?? [])
      .length
  }
  const without = await live(false)
  t.true(without > 50, `${without} values`)
  t.is(await live(true), without)
})

test("what came of it outlasts the power", async (t) => {
  const wear = await calibrated()
  await begin(wear, 2)
  await press(wear, 1, LONG_MS)
  await wear.link.reboot("power", 1000)
  t.is((await logOf(wear)).length, 1)
})
