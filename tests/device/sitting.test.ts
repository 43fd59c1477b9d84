/** Long sitting, through the whole firmware: the buzz, what puts it off, sleep, and the first steps after it. */
import test from "ava"
import { StatusFlag } from "../../src/ble/layouts"
import { CoachEntryKind } from "../../src/coach/coach-entry"
import { CoachAnswer } from "../../src/coach/routine"
import { DAY, END_S, RISE_S, SITS_S, seated } from "./seated"
import { Sleeper } from "./sleeper"
import { Wear } from "./wear"

const NOON_S = 1_800_014_400

function getUpAndWalk(sleeper: Sleeper, untilS = END_S): void {
  sleeper.play(DAY, RISE_S - 1, untilS)
}

function press({ virtual }: Sleeper, times: number): void {
  for (let press = 0; press < times; press++) {
    virtual.pressButton(true)
    virtual.advance(120)
    virtual.pressButton(false)
    virtual.advance(160)
  }
  virtual.advance(500)
}

const details = (sleeper: Sleeper, name: string) => sleeper.eventsNamed(name).map(({ detail }) => detail)

test("after half an hour on a chair there is one gentle buzz, and no other", (t) => {
  const sleeper = seated()
  sleeper.minutes(29)
  t.deepEqual(details(sleeper, "sitting"), [])
  sleeper.minutes(2)
  t.deepEqual(details(sleeper, "sitting"), ["for 30 min"])
  sleeper.minutes(60)
  t.is(sleeper.eventsNamed("sitting").length, 1)
})

for (const engine of [undefined, "xs"] as const)
  test(`it is felt as two soft pulses, and the steps after it are counted${engine ? " (XS)" : ""}`, async (t) => {
    const wear = await Wear.boot(engine)
    await wear.phone.connect()
    await wear.phone.set("sittingMin", 1)
    await wear.play(DAY, 0, SITS_S)
    const before = wear.motor.length
    await wear.link.advance(70_000)
    t.deepEqual(wear.pulsesMs(before), [250, 250])
    await wear.play(DAY, RISE_S - 1, END_S)
    await wear.link.advance(15_000)
    t.deepEqual(
      wear.eventsNamed("sitting").map(({ detail }) => detail),
      ["for 1 min", "no pain in 20 steps after sitting for 1 min"],
    )
    await wear.engine.close()
  })

test("steps without a word after it are steps without pain", (t) => {
  const sleeper = seated()
  sleeper.minutes(33)
  getUpAndWalk(sleeper)
  sleeper.advance(15_000)
  t.deepEqual(details(sleeper, "sitting"), ["for 30 min", "no pain in 20 steps after sitting for 33 min"])
  press(sleeper, 2)
  t.deepEqual(details(sleeper, "painMarked"), [])
})

test("a double press within them keeps pain", (t) => {
  const sleeper = seated()
  sleeper.minutes(33)
  getUpAndWalk(sleeper, RISE_S + 15)
  press(sleeper, 2)
  getUpAndWalk(sleeper)
  sleeper.minutes(1)
  t.regex(details(sleeper, "painMarked").join(), /^\d+ steps after sitting for 33 min$/)
  t.is(sleeper.eventsNamed("sitting").length, 1, "and no word of none")
})

test("a short press after the buzz answers it, and opens no pairing window; half a minute later it does", async (t) => {
  for (const [afterS, opens] of [
    [20, false],
    [40, true],
  ] as const) {
    const sleeper = seated()
    sleeper.minutes(29)
    while (sleeper.eventsNamed("sitting").length === 0) sleeper.advance(1000)
    sleeper.advance(afterS * 1000)
    press(sleeper, 1)
    await sleeper.phone.connect()
    t.is(((await sleeper.phone.status()).flags & StatusFlag.pairingOpen) !== 0, opens)
  }
})

test("a phone reads how long they have sat, says that it hurts, and reads what was kept of that", async (t) => {
  const sleeper = seated()
  await sleeper.phone.connect()
  sleeper.minutes(33)
  t.is((await sleeper.phone.coach()).sittingMin, 33)
  await t.throwsAsync(sleeper.phone.askCoach("pain"))
  getUpAndWalk(sleeper, RISE_S + 15)
  t.is((await sleeper.phone.coach()).sittingMin, 0)
  await sleeper.phone.askCoach("pain")
  const [entry, ...others] = (await sleeper.phone.coachLog()).entries
  t.like(entry, { kind: CoachEntryKind.sitting, routine: 0, bootId: 1, answer: CoachAnswer.pain })
  t.true(Math.abs((entry?.durationS ?? 0) - 33 * 60) < 30, `${entry?.durationS}`)
  t.true((entry?.repeats ?? 0) > 0 && (entry?.repeats ?? 0) < 20, `${entry?.repeats}`)
  t.deepEqual(others, [])
})

test("a phone puts the buzz off for an hour", async (t) => {
  const sleeper = seated()
  await sleeper.phone.connect()
  await sleeper.phone.askCoach("snooze")
  sleeper.minutes(59)
  t.deepEqual(details(sleeper, "sitting"), [])
  sleeper.minutes(2)
  t.deepEqual(details(sleeper, "sitting"), ["for 61 min"], "the first whole minute after it")
})

test("in the wearer's quiet hours it does not buzz, by the clock that a phone told", async (t) => {
  for (const [zoneQuarters, expected] of [
    [0, ["for 30 min"]],
    [44, []],
  ] as const) {
    const sleeper = new Sleeper()
    await sleeper.phone.connect()
    await sleeper.phone.setClock(NOON_S, zoneQuarters)
    sleeper.play(DAY, 0, SITS_S)
    sleeper.minutes(40)
    t.deepEqual(details(sleeper, "sitting"), [...expected])
  }
})

test("whoever sits stays awake until five minutes after the buzz; waking they get up from the whole sitting", (t) => {
  const sleeper = seated()
  sleeper.minutes(34)
  t.false(sleeper.isAsleep)
  sleeper.minutes(2)
  t.true(sleeper.isAsleep)
  sleeper.minutes(24)
  getUpAndWalk(sleeper)
  sleeper.advance(15_000)
  t.is(sleeper.wakes, 1)
  t.deepEqual(details(sleeper, "sitting"), ["for 30 min", "no pain in 20 steps after sitting for 60 min"])
})

test("a stir that wakes it is no new sitting: there is no second buzz, and it sleeps again", (t) => {
  const sleeper = seated()
  sleeper.minutes(40)
  sleeper.play(DAY, RISE_S - 1, RISE_S + 0.7)
  sleeper.play(DAY, SITS_S - 1, SITS_S)
  t.is(sleeper.wakes, 1)
  sleeper.minutes(5)
  t.true(sleeper.isAsleep)
  sleeper.minutes(40)
  t.is(sleeper.eventsNamed("sitting").length, 1)
})

test("what slept for longer than anybody sits without a stir lay somewhere", (t) => {
  const sleeper = seated()
  sleeper.minutes(36 + 120)
  t.true(sleeper.isAsleep)
  getUpAndWalk(sleeper)
  sleeper.advance(15_000)
  t.deepEqual(details(sleeper, "sitting"), ["for 30 min"])
})

test("0 minutes: no buzz, no steps, and sleep as ever", async (t) => {
  const sleeper = new Sleeper()
  await sleeper.phone.connect()
  await sleeper.phone.set("sittingMin", 0)
  await sleeper.phone.disconnect()
  sleeper.play(DAY, 0, SITS_S)
  sleeper.minutes(11)
  t.true(sleeper.isAsleep)
  sleeper.minutes(40)
  getUpAndWalk(sleeper)
  sleeper.advance(15_000)
  t.deepEqual(details(sleeper, "sitting"), [])
})

test("within a run nobody is watched", async (t) => {
  const sleeper = seated()
  await sleeper.phone.connect()
  await sleeper.phone.set("pauseLimitS", 600)
  await sleeper.phone.set("sittingMin", 5)
  await sleeper.phone.command("startRun")
  sleeper.minutes(9)
  t.deepEqual([details(sleeper, "runEnded"), details(sleeper, "sitting")], [[], []])
  sleeper.minutes(7)
  t.is(details(sleeper, "runEnded").length, 1)
  t.deepEqual(details(sleeper, "sitting"), ["for 5 min"])
})
