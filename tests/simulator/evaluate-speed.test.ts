import test from "ava"
import { evaluateCommand } from "../../simulator/evaluate/command"
import { formatSpeed, SPEED_LIMIT_PERCENT, speedErrors } from "../../simulator/evaluate/speed"

const SPEEDS_MPS = [2.5, 3.5, 4.5]
/** Of which the second feature tells nothing. */
const boutsOf = (runner: string, featureAt: (speedMps: number) => number) =>
  SPEEDS_MPS.map((speedMps) => ({
    runner,
    speedMps,
    features: [featureAt(speedMps), runner.charCodeAt(0) % 2],
  }))
const RUNNERS = ["A", "B", "C", "D"]
const inLine = RUNNERS.flatMap((runner) => boutsOf(runner, (speed) => 100 + 20 * speed))

test("where a feature goes with speed in each runner, speed is told within the limit, also one that was not seen", (t) => {
  const { bouts, runners, errorPercent, withoutItsSpeedPercent } = speedErrors(inLine)
  t.is(bouts, 12)
  t.deepEqual(
    runners.map(({ runner }) => runner),
    RUNNERS,
  )
  t.true(errorPercent < 1, `${errorPercent} %`)
  t.true(withoutItsSpeedPercent < SPEED_LIMIT_PERCENT, `${withoutItsSpeedPercent} %`)
})

test("a runner of another kind is judged by the others alone", (t) => {
  const odd = boutsOf("E", (speed) => 100 + 20 * (speed + 1))
  const { runners } = speedErrors([...inLine, ...odd])
  const error = runners.find(({ runner }) => runner === "E")?.errorPercent ?? 0
  // 1 m/s too fast at each speed.
  const wanted = (100 * (1 / 2.5 + 1 / 3.5 + 1 / 4.5)) / 3
  t.true(Math.abs(error - wanted) < 1, `${error} %, not ${wanted} %`)
  t.true((runners[0]?.errorPercent ?? 0) > 1, "and has a part in what the others are judged by")
})

test("where no feature goes with speed, the mean is all that is told, and without the speed not even that", (t) => {
  const { errorPercent, withoutItsSpeedPercent } = speedErrors(
    RUNNERS.flatMap((runner) => boutsOf(runner, () => 150)),
  )
  t.true(errorPercent > 15)
  t.true(withoutItsSpeedPercent > errorPercent)
})

test("the table has a row for each runner and the mean", (t) => {
  const text = formatSpeed({ ...speedErrors(inLine), failures: [] })
  for (const row of [...RUNNERS, "mean"]) t.regex(text, new RegExp(`^ *${row} .* % `, "m"))
  t.regex(text, /12 bouts of 4 runners/)
})

test("--speed goes with no other choice", async (t) => {
  for (const choice of [{ broad: true }, { robustness: true }, { taught: true }, { sensors: 2 as const }])
    await t.throwsAsync(
      evaluateCommand("simulator/recordings", { engine: "node", sensors: 1, speed: true, ...choice }),
      { message: /leave out/ },
    )
})
