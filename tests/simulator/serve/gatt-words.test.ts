/** Every value of the profile can be read by a person, both ways, and every refusal says why. */
import test from "ava"
import fc from "fast-check"
import { toHex } from "../../../hosts/virtual/protocol"
import { PROFILES } from "../../../phone/link/profiles"
import { valuesOf as layoutValues } from "../../../simulator/fuzz/layout-values"
import { exchangeWords, notificationWords } from "../../../simulator/serve/gatt-words"
import { encode } from "../../../src/ble/fields"
import { COMMAND, CommandCode, Problem, SETTING_WRITE, STATUS, StatusFlag } from "../../../src/ble/layouts"
import { LIVE, LiveFlag } from "../../../src/ble/live-layout"
import { AttError, type CharacteristicProfile } from "../../../src/ble/profile"
import { CHUNK, FETCH_REQUEST, RecordKind } from "../../../src/ble/record-layouts"
import { Activity } from "../../../src/motion/stride"

type Form = NonNullable<CharacteristicProfile["write"]>

const SAMPLES = { numRuns: 25, seed: 8 }

/** Values of every form that there is, by chance. */
function valuesOf(form: Form): Uint8Array[] {
  if ("text" in form) return [new TextEncoder().encode("Knee\nof mine")]
  if ("oneOf" in form) return form.oneOf.flatMap(valuesOf)
  return fc.sample(layoutValues(form), SAMPLES).map((values) => encode(form, values))
}

for (const [key, profile] of Object.entries(PROFILES)) {
  test(`${key}: what is read, written and notified has words`, (t) => {
    const says: string[] = []
    const { uuid: characteristic } = profile
    for (const bytes of profile.read ? valuesOf(profile.read) : []) {
      const value = toHex(bytes)
      const read = exchangeWords({ op: "read", characteristic }, { value })
      t.is(read.hex, value)
      says.push(read.says)
      if (profile.notify && key !== "records") says.push(notificationWords({ characteristic, value }).says)
    }
    for (const bytes of profile.write ? valuesOf(profile.write) : []) {
      const value = toHex(bytes)
      const written = exchangeWords({ op: "write", characteristic, value }, {})
      t.is(written.hex, value)
      t.is(written.about, profile.name)
      says.push(written.says)
    }
    t.true(says.length > 0)
    for (const words of says) {
      t.regex(words, /[a-z0-9]/i)
      t.notRegex(words, /\[object|undefined|NaN|null|truncated|ends at offset|takes \d+ bytes/, words)
    }
  })
}

const read = (key: keyof typeof PROFILES, bytes: Uint8Array) =>
  exchangeWords({ op: "read", characteristic: PROFILES[key].uuid }, { value: toHex(bytes) }).says
const written = (key: keyof typeof PROFILES, bytes: Uint8Array) =>
  exchangeWords({ op: "write", characteristic: PROFILES[key].uuid, value: toHex(bytes) }, {}).says

test("what is looked at most is said shortly", (t) => {
  const status = {
    flags: StatusFlag.calibrated | StatusFlag.runOpen,
    sensorState: 2,
    activity: Activity.run,
    batteryPercent: 84,
    faults: 0,
    newestRunId: 1,
    runCount: 1,
    uptimeMs: 5000,
    problems: Problem.motor,
    calibrationVersion: 1,
    calibrationAgeMin: 0,
  }
  t.is(read("status", encode(STATUS, status)), "calibrated, run open, run, 84 %, problem: motor")
  const live = {
    timeMs: 1000,
    state: LiveFlag.stance | LiveFlag.runOpen | Activity.run,
    step: 77,
    lastPeak: 80,
    strides: 41,
    compressions: 38,
    angles: [{ kneeCdeg: 2900 }, { kneeCdeg: 3210 }],
  }
  const says = "knee 32°, stance, run, 41 strides, 38 compressions"
  t.is(read("live", encode(LIVE, live)), says)
  t.deepEqual(notificationWords({ characteristic: PROFILES.live.uuid, value: toHex(encode(LIVE, live)) }), {
    what: "notify",
    about: "Live measurement",
    says,
    hex: toHex(encode(LIVE, live)),
  })
  t.is(written("settings", encode(SETTING_WRITE, { id: 1, value: 35 })), "thresholdDeg 35°")
  t.is(
    written("command", encode(COMMAND, { code: CommandCode.markPain, argument: 0 })),
    "code mark pain, argument 0",
  )
  t.is(read("runSummary", new Uint8Array(0)), "no run yet")
})

test("a request with a choice of forms is said by the one that it has, and chunks by how much they bring", (t) => {
  const fetch = { kind: RecordKind.run, runId: 3, offset: 0, transfer: 1, window: 4 }
  t.is(
    written("recordAccess", encode(FETCH_REQUEST, fetch)),
    "fetch, kind run, run id 3, offset 0 bytes, transfer 1, window 4",
  )
  const chunk = Uint8Array.from([...encode(CHUNK, { transfer: 1, sequence: 7 }), 1, 2, 3, 4])
  const { says } = notificationWords({ characteristic: PROFILES.records.uuid, value: toHex(chunk) })
  t.is(says, "transfer 1, sequence 7; 4 bytes")
})

test("what the device refuses is said with its reason", (t) => {
  const characteristic = PROFILES.command.uuid
  for (const [name, { code, description }] of Object.entries(AttError)) {
    const { says } = exchangeWords({ op: "write", characteristic, value: "" }, { error: code })
    t.true(says.includes(name) && says.includes(description), says)
  }
  t.is(exchangeWords({ op: "read", characteristic }, { error: 0x77 }).says, "refused: ATT error 0x77")
  t.is(exchangeWords({ op: "connect" }, { linkError: "not advertising" }).says, "refused: not advertising")
})

test("bytes that are no value are told as such, not thrown", (t) => {
  t.regex(read("status", Uint8Array.of(5, 1)), /status: truncated at offset/)
  t.is(written("update", Uint8Array.of(99)), "an unknown request 99")
  t.is(notificationWords({ characteristic: "ffff", value: "0102" }).says, "2 bytes")
})
