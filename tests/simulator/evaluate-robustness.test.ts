import { join } from "node:path"
import { fileURLToPath } from "node:url"
import test from "ava"
import { DISTURBANCES } from "../../simulator/evaluate/disturbances"
import type { Replay } from "../../simulator/evaluate/evaluation"
import { evaluateRobustness, formatRobustness } from "../../simulator/evaluate/robustness"
import { RecordingError } from "../../simulator/recording/recording"

const RECORDINGS = fileURLToPath(new URL("../../simulator/recordings", import.meta.url))
const paths = ["S01.csv.gz", "S10.csv.gz"].map((name) => join(RECORDINGS, name))
/** A device that says what it was given: the thigh is as many degrees as the recording has hertz. */
const teller: Replay = async ({ timeS, rateHz }) => {
  const flat = timeS.map(() => rateHz)
  return { runs: [], calibrated: rateHz > 60, trace: { timeS, kneeDeg: flat, thighDeg: flat, stance: flat } }
}
const some = DISTURBANCES.filter(({ name }) => ["none", "rate52", "rate104"].includes(name))

test("every disturbance is a row: what the device does with it, judged by the undisturbed truth", async (t) => {
  const told: string[] = []
  const { rows, failures } = await evaluateRobustness(paths, [], teller, (line) => told.push(line), some)
  t.deepEqual(failures, [])
  t.deepEqual(
    rows.map(({ disturbance, calibrated }) => [disturbance, calibrated]),
    [
      ["none", 2],
      ["rate52", 0],
      ["rate104", 2],
    ],
  )
  const [none, slow, usual] = rows.map(({ mean }) => mean.thighRmseDeg)
  t.true((none ?? 0) > 170 && (none ?? 0) < 210, `${none}`)
  t.is(slow, null)
  t.true((usual ?? 0) > 70 && (usual ?? 0) < 110, `${usual}`)
  t.deepEqual(told, ["1/3 as recorded", "2/3 recorded at 52 Hz", "3/3 recorded at 104 Hz"])
})

test("the table has the key metrics, bouts and how many calibrated", async (t) => {
  const text = formatRobustness(await evaluateRobustness(paths, [], teller, () => {}, some))
  t.regex(text, /disturbed by +thigh ° .* found\/missed\/invented +calibrated/)
  t.regex(text, /recorded at 52 Hz +– .* 0\/6\/0 +0\/2/)
})

test("a replay that fails names recording and disturbance, and its exit code", async (t) => {
  const failing: Replay = async (recording, model) => {
    if (recording.rateHz < 60) throw new RecordingError(recording.name, {}, "too slow")
    return teller(recording, model)
  }
  const report = await evaluateRobustness(paths, [], failing, () => {}, some)
  t.deepEqual(
    report.failures.map(({ recording, exitCode }) => [recording, exitCode]),
    [
      ["S01.csv.gz", 2],
      ["S10.csv.gz", 2],
    ],
  )
  t.regex(formatRobustness(report), /Failed: S01\.csv\.gz: recorded at 52 Hz: .*too slow/)
})

test("the disturbances asked of the device are all there, each once", (t) => {
  t.deepEqual(
    DISTURBANCES.map(({ name }) => name),
    [
      "none",
      ...["bias0.5", "bias1", "bias2", "noise2", "noise4"],
      ...["turn45", "turn90", "turn135", "turn180", "rate52", "rate104", "rate208"],
      ...["chip52", "chip104", "chip208", "lost1"],
    ],
  )
})
