/** The strap of a recording slips as that of a wearer does, and the file's own rows stay. */
import test from "ava"
import { readRecording } from "../../../simulator/recording/read-recording"
import type { ImuChannels, Recording } from "../../../simulator/recording/recording"
import { perfectSensor, type Slip } from "../../../simulator/runner/sensor"
import { FAULTLESS, synthesizeSession } from "../../../simulator/runner/synthesis"
import type { Session } from "../../../simulator/runner/wearer"
import { motionOf } from "../../../simulator/simulation/recorded-motion"

const SESSION: Session = {
  description: "",
  movements: (w) => [w.stand(3), w.calibrate(2), w.stand(1), w.run(12, 3), w.stand(1), w.sit(6), w.stand(2)],
}
const SLIPS: Slip[] = [
  { timeS: 14.302, angleDeg: 10, around: "knee" },
  { timeS: 14.302, angleDeg: -12, around: "knee" },
  { timeS: 14.302, angleDeg: 20, around: "thigh" },
]
const MOUNTS = [
  { turnDeg: 0, tiltSidewaysDeg: 0, tiltForwardDeg: 0 },
  { turnDeg: 130, tiltSidewaysDeg: 10, tiltForwardDeg: -12 },
  { turnDeg: -90, tiltSidewaysDeg: -15, tiltForwardDeg: 14 },
]
const CHANNELS = ["axG", "ayG", "azG", "gxDps", "gyDps", "gzDps"] as const
const rms = (a: ImuChannels, b: ImuChannels, names: readonly (keyof ImuChannels)[], from: number) => {
  const squares = names.flatMap((name) =>
    Array.from(a[name].subarray(from), (value, row) => (value - (b[name][from + row] as number)) ** 2),
  )
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length)
}

for (const slip of SLIPS)
  for (const mount of MOUNTS)
    test(`${slip.angleDeg}° around the ${slip.around}, strapped on at ${mount.turnDeg}°: as the wearer's own`, (t) => {
      const worn = { seed: 3, thigh: perfectSensor(mount), shank: FAULTLESS }
      const firm = synthesizeSession("short", SESSION, worn).recording
      const wanted = synthesizeSession("short", { ...SESSION, slip }, worn).recording
      const motion = motionOf(firm)
      motion.slip(slip)
      const { thigh } = motion.recording
      const row = Math.floor(slip.timeS * firm.rateHz)
      for (const name of CHANNELS)
        t.deepEqual(thigh[name].subarray(0, row), firm.thigh[name].subarray(0, row))
      // The leg's axes are known from its motion to some degrees only.
      for (const names of [
        ["axG", "ayG", "azG"],
        ["gxDps", "gyDps", "gzDps"],
      ] as const) {
        const off = rms(thigh, wanted.thigh, names, row)
        const moved = rms(firm.thigh, wanted.thigh, names, row)
        t.true(off < 0.2 * moved, `${names}: off by ${off}, moved by ${moved}`)
      }
    })

/** Of the mean force while sitting, from that of the first second. */
function sittingDeg({ thigh, truth, rateHz }: Recording): number {
  const mean = (rows: number[]) =>
    [thigh.axG, thigh.ayG, thigh.azG].map(
      (channel) => rows.reduce((sum, row) => sum + (channel[row] as number), 0) / rows.length,
    )
  const sitting = truth?.activity.flatMap((activity, row) => (activity === "sit" ? [row] : [])) ?? []
  const [standing, seated] = [mean(Array.from({ length: rateHz }, (_, row) => row)), mean(sitting)]
  const along = standing.reduce((sum, value, axis) => sum + value * (seated[axis] as number), 0)
  return (Math.acos(along / Math.hypot(...standing) / Math.hypot(...seated)) * 180) / Math.PI
}

for (const name of ["S01", "S10"])
  test(`${name}: slips about the knee add up to a sensor that leans further forward, also while sitting`, async (t) => {
    const recorded = await readRecording(`simulator/recordings/${name}.csv.gz`)
    const before = structuredClone(recorded)
    const motion = motionOf(recorded)
    const leansDeg = [sittingDeg(motion.recording)]
    for (const timeS of [50, 100]) {
      motion.slip({ timeS, angleDeg: 7, around: "knee" })
      leansDeg.push(sittingDeg(motion.recording))
    }
    t.deepEqual(recorded, before)
    t.is(motion.recording.shank, recorded.shank)
    for (const slips of [1, 2]) {
      const furtherDeg = (leansDeg[slips] as number) - (leansDeg[slips - 1] as number)
      t.true(Math.abs(furtherDeg - 7) < 1, `${furtherDeg}`)
    }
  })
