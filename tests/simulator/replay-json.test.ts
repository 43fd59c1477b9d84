import test from "ava"
import { Phone } from "../../simulator/phone/phone"
import { replayJson } from "../../simulator/phone/replay-json"
import { Device, EXAMPLE_RUN } from "../ble/device"

test("what the phone read becomes the contract's JSON, in the recording's time", async (t) => {
  const device = new Device([EXAMPLE_RUN])
  device.bendList = [{ timeMs: 9400, peakCdeg: 4800 }]
  const phone = new Phone(async (request) => device.link.handle(request))
  await phone.connect()
  const sync = await phone.sync()
  const json = replayJson({ recording: "S01.csv.gz", engine: "node", sensors: 1, startMs: 1000.25, sync })
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
    calibrated: true,
    firmware: "0.1.0",
    model: "3",
    runs: [
      {
        ...counts,
        id: 1,
        loadCycles: 76,
        thresholdDeg: 30,
        peakFlexionP95Deg: 47.3,
        load: 80.1,
        loadPeakWeighted: 97.3,
        buzzes: [{ timeS: 70, reason: "depth" }],
        dataQuality: { validShare: 0.9998, gaps: 0, clipped: 0, strapShift: false },
        bouts: [counts],
      },
    ],
    bends: [{ timeS: 8.4, peakDeg: 48 }],
    summaryText: sync.summaryText,
  })
})

test("an uncalibrated device and the other reasons of a buzz are told by name", async (t) => {
  const buzzes = [1, 2].map((reason) => ({ timeMs: 71_000, reason: reason as 1 | 2 }))
  const device = new Device([{ ...EXAMPLE_RUN, buzzes }])
  device.state = { ...device.state, flags: 0 }
  const phone = new Phone(async (request) => device.link.handle(request))
  await phone.connect()
  const json = replayJson({ recording: "", engine: "xs", sensors: 1, startMs: 0, sync: await phone.sync() })
  t.false(json.calibrated)
  t.deepEqual(
    json.runs[0]?.buzzes.map(({ reason }) => reason),
    ["compressions", "degree-seconds"],
  )
})
