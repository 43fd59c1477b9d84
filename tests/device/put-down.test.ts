/** A device that is taken off and lies flat shows the angle of a thigh on a chair: that is no sitting. */
import test from "ava"
import type { ImuChannels, Recording } from "../../simulator/recording/recording"
import { DAY, SIT_S, SITS_S, seated } from "./seated"
import { Sleeper } from "./sleeper"
import { Wear } from "./wear"

type Axes = [number, number, number]

const RATE_HZ = 100
const TURNING_S = 6
const LYING_S = 10
/** Standing at the chair, after the walk. */
const STANDS_S = SIT_S - 2.5

const cross = ([ax, ay, az]: Axes, [bx, by, bz]: Axes): Axes => [
  ay * bz - az * by,
  az * bx - ax * bz,
  ax * by - ay * bx,
]
const dot = ([ax, ay, az]: Axes, [bx, by, bz]: Axes) => ax * bx + ay * by + az * bz
const scaled = ([x, y, z]: Axes, by: number): Axes => [x * by, y * by, z * by]
const unit = (axes: Axes) => scaled(axes, 1 / Math.hypot(...axes))

/** Which way is up for the sensor, then. */
function upAt(timeS: number): Axes {
  const row = DAY.timeS.findIndex((time) => time >= timeS)
  const { axG, ayG, azG } = DAY.thigh
  return unit([axG[row] as number, ayG[row] as number, azG[row] as number])
}

/** From the standing thigh it is turned evenly, forward or the other way about, until it lies as the thigh lay on the chair. */
function turned(isForward: boolean): Recording {
  const from = upAt(STANDS_S)
  const to = upAt(SITS_S)
  const axis = unit(cross(from, to))
  const flatRad = Math.acos(dot(from, to))
  const wholeRad = isForward ? flatRad : flatRad - 2 * Math.PI
  const rows = (TURNING_S + LYING_S) * RATE_HZ
  const names = ["axG", "ayG", "azG", "gxDps", "gyDps", "gzDps"] as const
  const thigh = Object.fromEntries(
    names.map((name) => [name, new Float64Array(rows)]),
  ) as unknown as ImuChannels
  for (let row = 0; row < rows; row++) {
    const share = Math.min(1, row / (TURNING_S * RATE_HZ))
    const up = [
      scaled(from, Math.cos(share * wholeRad)),
      scaled(cross(axis, from), Math.sin(share * wholeRad)),
    ] as const
    const rateDps = share < 1 ? (-wholeRad * 180) / Math.PI / TURNING_S : 0
    const values = [...[0, 1, 2].map((at) => (up[0][at] ?? 0) + (up[1][at] ?? 0)), ...scaled(axis, rateDps)]
    for (const [at, name] of names.entries()) thigh[name][row] = values[at] ?? 0
  }
  const timeS = Float64Array.from({ length: rows }, (_, row) => row / RATE_HZ)
  return {
    name: "",
    rateHz: RATE_HZ,
    timeS,
    sampledS: timeS,
    thigh,
    gaps: [],
    beyondRangeRows: 0,
    ignoredColumns: [],
  }
}

function afterWalking(isForward: boolean): Sleeper {
  const sleeper = new Sleeper()
  sleeper.play(DAY, 0, STANDS_S)
  sleeper.play(turned(isForward), 0, TURNING_S + LYING_S)
  return sleeper
}

test("turned over in the hand and put down flat it is not worn: it sleeps as ever, and does not buzz", (t) => {
  const sleeper = afterWalking(false)
  sleeper.minutes(11)
  t.true(sleeper.isAsleep)
  t.deepEqual(sleeper.eventsNamed("sitting"), [])
})

test("leant forward as a thigh that sits down it is taken for one", (t) => {
  const sleeper = afterWalking(true)
  sleeper.minutes(11)
  t.false(sleeper.isAsleep)
  sleeper.minutes(25)
  t.is(sleeper.eventsNamed("sitting").length, 1)
  t.true(sleeper.isAsleep)
})

test("on the chair as well: taken off there, and turned over, it sits no more", (t) => {
  const sleeper = seated()
  sleeper.minutes(20)
  sleeper.play(turned(false), 0, TURNING_S + LYING_S)
  sleeper.minutes(11)
  t.true(sleeper.isAsleep)
  t.deepEqual(sleeper.eventsNamed("sitting"), [])
})

test("after a reset nobody is known to wear it: it sleeps as ever", async (t) => {
  const wear = await Wear.boot()
  await wear.play(DAY, 0, SITS_S)
  await wear.link.reboot("reset", 0)
  await wear.link.advance(11 * 60_000)
  t.true(wear.link.isAsleep)
})
