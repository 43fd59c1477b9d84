import test from "ava"
import fc from "fast-check"
import { PhoneSign, Screen, UNKNOWN } from "../../src/display/screen"
import { displayBench } from "../drivers/display-bench"
import { isLit, readBattery, readRow } from "./reading"

function shown() {
  const bench = displayBench()
  bench.lit()
  return { ...bench, screen: new Screen(bench.display) }
}

test("every figure can be read, wherever it stands", (t) => {
  const { screen, picture } = shown()
  for (let digit = 0; digit <= 9; digit++) {
    screen.showCount(digit * 1111)
    t.is(readRow(picture(), 1, "plain"), digit === 0 ? "   0" : String(digit * 1111))
    screen.showTime(digit * 60 + digit)
    t.is(readRow(picture(), 2, "minutes"), `0${digit}0${digit}`)
  }
})

test("angles stand to the right of their places, with their sign, or as two dashes while none is known", (t) => {
  const { screen, picture } = shown()
  for (const [deg, text] of [
    [0, "  0"],
    [7, "  7"],
    [42, " 42"],
    [118, "118"],
    [-3, " -3"],
    [-12, "-12"],
    [-120, "-99"],
    [UNKNOWN, " --"],
  ] as const) {
    screen.showAngle(deg)
    t.is(readRow(picture(), 0, "angle"), text)
  }
})

test("counts up to five figures, and no more than can be shown", (t) => {
  const { screen, picture } = shown()
  screen.showCount(9999)
  t.is(readRow(picture(), 1, "plain"), "9999")
  screen.showCount(10_000)
  t.is(readRow(picture(), 1, "long"), "10000")
  screen.showCount(123_456)
  t.is(readRow(picture(), 1, "long"), "99999")
})

test("a run's time in minutes and seconds, from an hour on in hours and minutes", (t) => {
  const { screen, picture } = shown()
  const colon = () => isLit(picture(), 67, 195)
  screen.showTime(3599)
  t.is(readRow(picture(), 2, "minutes"), "5959")
  t.true(colon())
  screen.showTime(3600)
  t.is(readRow(picture(), 2, "plain"), "1h00")
  t.false(colon())
  screen.showTime(9 * 3600 + 8 * 60 + 59)
  t.is(readRow(picture(), 2, "plain"), "9h08")
  screen.showTime(100 * 3600)
  t.is(readRow(picture(), 2, "plain"), "9h59")
})

test("figures are 64 pixels high: 7 mm on the M5StickC Plus' panel of 25 mm and 240 lines", (t) => {
  const { screen, picture } = shown()
  screen.showCount(8888)
  const lines = Array.from({ length: 72 }, (_, line) => 100 + line).filter((y) => isLit(picture(), 5, y))
  t.is(lines.length, 64)
})

test("the battery's sign is as full as the battery; a bolt is beside it while it charges", (t) => {
  const { screen, picture } = shown()
  const bolt = () => isLit(picture(), 89, 12)
  for (const percent of [0, 25, 50, 75, 100]) {
    screen.showBattery(percent, false)
    t.true(Math.abs(readBattery(picture()) - percent / 100) < 0.05, `${percent} %`)
    t.false(bolt())
  }
  screen.showBattery(100, true)
  t.true(bolt())
  screen.showBattery(100, false)
  t.false(bolt())
})

test("colours say how the battery is, and each is far from the black behind it", (t) => {
  const { screen, seen } = shown()
  for (const [percent, rgb] of [
    [9, [255, 0, 0]],
    [10, [255, 255, 0]],
    [30, [0, 255, 0]],
  ] as const) {
    screen.showPercent(percent)
    t.deepEqual(seen(95, 106), [...rgb])
  }
})

type Step = (screen: Screen) => void
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.integer({ min: -120, max: 200 }).map((deg) => (screen: Screen) => screen.showAngle(deg)),
    fc.constant((screen: Screen) => screen.showAngle(UNKNOWN)),
    fc.nat(20_000).map((count) => (screen: Screen) => screen.showCount(count)),
    fc.nat(40_000).map((seconds) => (screen: Screen) => screen.showTime(seconds)),
    fc.nat(100).map((percent) => (screen: Screen) => screen.showPercent(percent)),
    fc.boolean().map((isOpen) => (screen: Screen) => screen.showPairing(isOpen)),
    fc.tuple(fc.nat(100), fc.boolean()).map(
      ([percent, isCharging]) =>
        (screen: Screen) =>
          screen.showBattery(percent, isCharging),
    ),
    fc.constantFrom(...Object.values(PhoneSign)).map((phone) => (screen: Screen) => screen.showPhone(phone)),
    fc.tuple(fc.boolean(), fc.boolean()).map(
      ([run, wrong]) =>
        (screen: Screen) =>
          screen.showState(run, wrong),
    ),
  ),
  { maxLength: 12 },
)
/** All that can be seen at a time. */
const whole = (screen: Screen, inRun: boolean) => {
  screen.showAngle(42)
  if (inRun) {
    screen.showCount(1287)
    screen.showTime(754)
  } else {
    screen.showPercent(64)
    screen.showPairing(true)
  }
  screen.showBattery(64, true)
  screen.showPhone(PhoneSign.pairing)
  screen.showState(inRun, true)
}

test("nothing of what was shown before is left, whatever it was", (t) => {
  fc.assert(
    fc.property(steps, fc.boolean(), (before, inRun) => {
      const used = shown()
      for (const step of before) step(used.screen)
      whole(used.screen, inRun)
      const fresh = shown()
      whole(fresh.screen, inRun)
      t.deepEqual(used.picture(), fresh.picture())
    }),
    { numRuns: 60 },
  )
})

test("what is shown already is not drawn again, and a second more is a few pixels", (t) => {
  const { screen, model } = shown()
  const drawn = (show: () => void) => {
    const before = model.pixelsWritten
    show()
    return model.pixelsWritten - before
  }
  t.true(drawn(() => whole(screen, true)) > 10_000)
  t.is(
    drawn(() => whole(screen, true)),
    0,
  )
  const second = drawn(() => screen.showTime(755))
  t.true(second > 0 && second < 3000, `${second} pixels`)
})
