import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import test from "ava"
import { chipSamples } from "../../simulator/motion-source"
import { readRecording } from "../../simulator/recording/read-recording"
import { createOrientation } from "../../src/motion/orientation"
import { ShankSwing } from "../../src/motion/shank-swing"
import { PERIOD_US, RATE_HZ } from "./session"

const FILE = fileURLToPath(new URL("../../simulator/recordings/S01", import.meta.url))
const { shank: shankTruth } = JSON.parse(readFileSync(`${FILE}.json`, "utf8")) as {
  shank: { anatFromSensor: number[][] }
}
/** The knee's axis as the sensor sees it: the last row of the turn from sensor to leg. */
const AXIS = shankTruth.anatFromSensor[2] as number[]
const recording = await readRecording(`${FILE}.csv.gz`)
if (!recording.shank) throw new Error(`${FILE}: no shank`)
const whole = { sampledS: recording.sampledS, thigh: recording.shank }
const UNIT = 16384

/** The shank of S01 between two times, s; turned by quarters about its long axis; `visit` sees every sample. */
function swung(fromS: number, toS: number, quarters = 0, visit?: (swing: ShankSwing) => void): ShankSwing {
  const orientation = createOrientation(PERIOD_US)
  const swing = new ShankSwing(PERIOD_US, orientation)
  const row = (timeS: number) => Math.round(timeS * recording.rateHz)
  for (const slice of chipSamples(whole, row(fromS), row(toS), RATE_HZ, 1000)) {
    const counts = new DataView(slice.buffer)
    for (let at = 0; at < slice.length; at += 12) {
      let [gx = 0, gy = 0, gz = 0, ax = 0, ay = 0, az = 0] = [0, 2, 4, 6, 8, 10].map((place) =>
        counts.getInt16(at + place, true),
      )
      for (let quarter = 0; quarter < quarters; quarter++) [gx, gz, ax, az] = [gz, -gx, az, -ax]
      orientation.step(gx, gy, gz, ax, ay, az)
      swing.step(gx, gy, gz, ax, ay, az)
      visit?.(swing)
    }
  }
  return swing
}

function offDeg({ axis }: ShankSwing, quarters = 0): number {
  let [x = 0, y = 0, z = 0] = AXIS
  for (let quarter = 0; quarter < quarters; quarter++) [x, z] = [z, -x]
  return (Math.acos((axis.x * x + axis.y * y + axis.z * z) / UNIT) * 180) / Math.PI
}

for (const quarters of [0, 1, 2, 3])
  test(`turned by ${90 * quarters}°: nine seconds of running tell the axis and its sense to 15°`, (t) => {
    const swing = swung(35, 44, quarters)
    t.true(swing.found)
    t.true(offDeg(swing, quarters) < 15, `${offDeg(swing, quarters)}°`)
  })

test("once found the axis keeps its sense for as long as the wearer runs", (t) => {
  let most = 0
  swung(30, 86, 0, (swing) => {
    if (swing.found) most = Math.max(most, offDeg(swing))
  })
  t.true(most > 0 && most < 15, `${most}°`)
})

test("one window is not enough, and who stopped begins anew", (t) => {
  t.false(swung(35, 39).found)
  const swing = swung(35, 44)
  swing.reset()
  t.false(swing.found)
})
