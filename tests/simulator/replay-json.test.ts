import test from "ava"
import { KNOWN_PHONE } from "../../simulator/phone/known-phone"
import { Phone } from "../../simulator/phone/phone"
import { type Replayed, replayJson } from "../../simulator/phone/replay-json"
import { Device, EXAMPLE_RUN } from "../ble/device"

const SHORT = { name: "", timeS: Float64Array.of(0, 10), gaps: [], beyondRangeRows: 0 }

/** What a phone reads of a device, and the JSON made of it; the recording began at `startMs` of the device's time. */
async function replayed(device: Device, startMs = 0, recording: Replayed["recording"] = SHORT) {
  const phone = new Phone(async (request) => device.link.handle(request), KNOWN_PHONE)
  await phone.connect()
  const sync = await phone.sync()
  return { sync, json: replayJson({ recording, engine: "node", startMs, sync }) }
}

test("what the phone read becomes the contract's JSON, in the recording's time", async (t) => {
  const device = new Device([EXAMPLE_RUN])
  device.bendList = { bends: [{ timeMs: 9400, peakCdeg: 4800 }], bendsDropped: 2 }
  const recording = {
    name: "S01.csv.gz",
    timeS: Float64Array.of(0, 180.5),
    gaps: [{ row: 7, startS: 1, endS: 2, lostSamples: 199 }],
    beyondRangeRows: 4,
  }
  const { json, sync } = await replayed(device, 1000.25, recording)
  const counts = {
    startS: 28.4,
    durationS: 57.7,
    strides: 76,
    cadenceSpm: 157,
    compressions: 74,
    compressionsByDepth: { "30": 74, "35": 69, "40": 48, "45": 12, "50": 1 },
    peakFlexionMedianDeg: 42.4,
    secondsPastThreshold: 9.8,
    degreeSecondsPastThreshold: 96,
    contactTimeMedianMs: 266,
  }
  t.deepEqual(json, {
    recording: "S01.csv.gz",
    engine: "node",
    sensors: 1,
    input: { rows: 2, gaps: 1, lostSamples: 199, beyondRangeRows: 4 },
    calibrated: true,
    firmware: "0.1.0",
    model: "3",
    runs: [
      {
        ...counts,
        id: 1,
        loadCycles: 76,
        measuredStrides: 0,
        peakErrorDeg: 3.9,
        thresholdDeg: 30,
        peakFlexionP95Deg: 47.3,
        load: 80.1,
        loadPeakWeighted: 97.3,
        buzzes: [{ timeS: 70, reason: "depth" }],
        dataQuality: { validShare: 0.9998, gaps: 0, clipped: 0, strapShift: false },
        bouts: [counts],
        pains: [
          {
            timeS: 63.2,
            activity: "run",
            kneeDeg: 23.1,
            peakFlexionDeg: 43.8,
            load: 48.9,
            compressions: 45,
            source: "button",
          },
        ],
        painsDropped: 0,
        boutsDropped: 0,
      },
    ],
    runsDropped: 0,
    bends: [{ timeS: 8.4, peakDeg: 48 }],
    bendsDropped: 2,
    summaryText: sync.summaryText,
  })
})

test("an uncalibrated device and the other reasons of a buzz are told by name", async (t) => {
  const buzzes = [1, 2].map((reason) => ({ timeMs: 71_000, reason: reason as 1 | 2 }))
  const device = new Device([{ ...EXAMPLE_RUN, buzzes }])
  device.state = { ...device.state, flags: 0 }
  const { json } = await replayed(device)
  t.false(json.calibrated)
  t.deepEqual(
    json.runs[0]?.buzzes.map(({ reason }) => reason),
    ["compressions", "degree-seconds"],
  )
})

test("runs and bouts that the device had no room for are counted", async (t) => {
  const device = new Device([
    { ...EXAMPLE_RUN, id: 4 },
    { ...EXAMPLE_RUN, id: 5, boutsDropped: 9 },
  ])
  const { json } = await replayed(device)
  t.is(json.runsDropped, 3)
  t.deepEqual(
    json.runs.map(({ boutsDropped }) => boutsDropped),
    [0, 9],
  )
})

test("a knee that the chip holds bent after the recording's end is no bend of it", async (t) => {
  const device = new Device()
  const bend = (timeMs: number) => ({ timeMs, peakCdeg: 4800 })
  device.bendList = { bends: [bend(9_900), bend(11_000), bend(11_001)], bendsDropped: 0 }
  const { json } = await replayed(device, 1000)
  t.deepEqual(
    json.bends.map(({ timeS }) => timeS),
    [8.9, 10],
  )
})
