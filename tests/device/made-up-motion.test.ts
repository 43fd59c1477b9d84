/** Motion that nobody recorded, through the whole device: what is running, what is not, and a strap that slips. */
import test from "ava"
import { readScenario } from "../../simulator/scenario/library"
import { synthesize } from "../../simulator/scenario/motion-of-scenario"
import { runSession } from "../../simulator/session"

const SEEDS = [4]
const play = async (name: string, seed: number) => {
  const { recording, truth } = synthesize(readScenario(name), { seed })
  const { json, events, trace } = await runSession({ recording, engine: "node", trace: true })
  if (!trace) throw new Error("no trace")
  return { recording, truth, json, events, trace, bouts: json.runs.flatMap((run) => run.bouts) }
}
type Played = Awaited<ReturnType<typeof play>>

/** Share of the samples of one true activity that the device calls by this code (src/motion/stride.ts). */
function share({ recording, trace }: Played, activity: string, code: number): number {
  let row = 0
  let all = 0
  let right = 0
  trace.timeS.forEach((timeS, n) => {
    while (row < recording.timeS.length - 1 && (recording.timeS[row] as number) < timeS) row++
    if (recording.truth?.activity[row] !== activity) return
    all++
    if (trace.activity[n] === code) right++
  })
  return right / all
}
/** Root mean square error of thigh inclination while one true activity lasts, degrees. */
function thighRmseDeg({ recording, trace }: Played, activity: string): number {
  let row = 0
  const squares: number[] = []
  trace.timeS.forEach((timeS, n) => {
    while (row < recording.timeS.length - 1 && (recording.timeS[row] as number) < timeS) row++
    if (recording.truth?.activity[row] !== activity) return
    squares.push(((trace.thighDeg[n] as number) - (recording.truth.thighDeg[row] as number)) ** 2)
  })
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length)
}

/** F1 of the loaded leg, while one true activity lasts. */
function stanceF1({ recording, trace }: Played, activity: string): number {
  let row = 0
  let both = 0
  let onlyOne = 0
  trace.timeS.forEach((timeS, n) => {
    while (row < recording.timeS.length - 1 && (recording.timeS[row] as number) < timeS) row++
    if (recording.truth?.activity[row] !== activity) return
    if (trace.stance[n] !== recording.truth.stance[row]) onlyOne++
    else if (trace.stance[n] === 1) both++
  })
  return (2 * both) / (2 * both + onlyOne)
}

const WALK = 1
const RUN = 2
const STAIRS = 5
/** As the scenarios have it. */
const SLIP_S = 75

for (const seed of SEEDS) {
  for (const name of ["walk-only", "stairs", "squats", "cycle", "jump", "ride", "everyday"])
    test.serial(`${name}, seed ${seed}: no running, no bout, no compression`, async (t) => {
      const played = await play(name, seed)
      t.deepEqual(played.json.runs, [])
      t.false(played.trace.activity.includes(RUN))
      if (name === "walk-only") t.true(share(played, "walk", WALK) > 0.9, `${share(played, "walk", WALK)}`)
      if (name === "stairs")
        t.true(share(played, "stairs", STAIRS) > 0.85, `${share(played, "stairs", STAIRS)}`)
      if (name === "walk-only") t.true(stanceF1(played, "walk") > 0.97, `${stanceF1(played, "walk")}`)
      if (name === "stairs") t.true(stanceF1(played, "stairs") > 0.93, `${stanceF1(played, "stairs")}`)
      // Steps on stairs are no knee bends.
      if (name === "stairs") t.true(played.json.bends.length <= 7, `${played.json.bends.length} bends`)
      if (name === "squats") t.is(played.json.bends.length, 22)
    })

  for (const name of ["run", "run-no-bends", "corridor-run", "corridor-run-bends"])
    test.serial(`${name}, seed ${seed}: every bout is found, and its strides within 1 %`, async (t) => {
      const played = await play(name, seed)
      const { bouts, truth } = played
      // Its corners cost 4.6° on either board if their force is believed; 2.7° and, by the M5StickC Plus's chip, 3.3° are left.
      if (name === "corridor-run-bends")
        t.true(thighRmseDeg(played, "run") < 3.5, `${thighRmseDeg(played, "run")}`)
      t.is(bouts.length, truth.bouts.length)
      truth.bouts.forEach((bout, index) => {
        const counted = bouts[index]?.strides ?? 0
        const least = 0.99 * bout.strides - 1
        t.true(
          counted >= least && counted <= 1.01 * (bout.strides + bout.rampSteps),
          `${counted}, not ${bout.strides}`,
        )
      })
    })

  test.serial(
    `mid-run, seed ${seed}: a sensor that begins in mid-run is measuring after some strides`,
    async (t) => {
      const { bouts, truth } = await play("mid-run", seed)
      t.is(bouts.length, truth.bouts.length)
      t.true((bouts[0]?.strides ?? 0) >= (truth.bouts[0]?.strides ?? 0) - 8)
    },
  )

  for (const name of ["slip", "slip-around"])
    test.serial(
      `${name}, seed ${seed}: a strap that slips by 10° is told of within 30 strides, and costs no stride`,
      async (t) => {
        const { truth, events, json, bouts } = await play(name, seed)
        const [bout] = truth.bouts
        const told = events.filter((event) => event.name === "strapShifted")
        t.is(told.length, 1)
        t.true(json.runs[0]?.dataQuality.strapShift)
        // The device's clock is ahead of the recording's by its boot, less than a second.
        const toldS = (told[0]?.atMs ?? 0) / 1000
        const meanwhile = (bout?.stances ?? []).filter(({ endS }) => endS > SLIP_S && endS < toldS)
        t.true(meanwhile.length > 0 && meanwhile.length <= 30, `${meanwhile.length} strides`)
        t.true(Math.abs((bouts[0]?.strides ?? 0) - (bout?.strides ?? 0)) <= 1)
      },
    )
}

test.serial(
  "a board that chooses 52 or 208 Hz measures at that rate, and counts the same strides",
  async (t) => {
    const { recording, truth } = synthesize(readScenario("run"), { seed: 4 })
    for (const [chipRate, motionRate] of [
      [52, 52],
      [208, 104],
    ] as const) {
      const { json, trace } = await runSession({ recording, engine: "node", trace: true, chipRate })
      const { timeS = [] } = trace ?? {}
      const rateHz = (timeS.length - 1) / ((timeS.at(-1) ?? 0) - (timeS[0] ?? 0))
      // What an MPU6886 has is 4 % slower.
      t.true(Math.abs(rateHz / motionRate - 1) < 0.05, `${rateHz} Hz`)
      const bouts = json.runs.flatMap((run) => run.bouts)
      t.is(bouts.length, truth.bouts.length)
      truth.bouts.forEach(({ strides }, index) => {
        t.true(Math.abs((bouts[index]?.strides ?? 0) - strides) <= 1)
      })
    }
  },
)
