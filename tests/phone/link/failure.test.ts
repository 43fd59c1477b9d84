/** Which failure an error is, by what browsers really throw, and the words that the wearer gets. */
import test from "ava"
import {
  type Failure,
  type FailureContext,
  type FailureKind,
  failureOf,
  failureOfLack,
  failureOfValue,
  NotSimulatedError,
  noticeOf,
  ProtocolError,
} from "../../../phone/link/failure"
import { PROTOCOL_VERSION, StatusFlag } from "../../../src/ble/layouts"
import { STATUS } from "../../ble/device"

const CONTEXT: FailureContext = { step: "using", isConnected: true, isOn: true, isKnown: false }

const WELL = { ...STATUS, newestRunId: 2, runCount: 2 }

function thrown(name: string, message: string): Error {
  return Object.assign(new Error(message), { name })
}

const CHOOSING = { step: "choosing", isConnected: false } as const
const CONNECTING = { step: "connecting", isConnected: false } as const
const PAIRING = { step: "pairing" } as const
const LEFT = { isConnected: false } as const

const CASES: [kind: FailureKind, error: unknown, context: Partial<FailureContext>][] = [
  ["noneChosen", thrown("NotFoundError", "User cancelled the requestDevice() chooser."), CHOOSING],
  [
    "off",
    thrown("NotFoundError", "User cancelled the requestDevice() chooser."),
    { ...CHOOSING, isOn: false },
  ],
  ["off", thrown("NotFoundError", "Bluetooth adapter not available."), CHOOSING],
  ["off", thrown("NotFoundError", "Bluetooth Low Energy not available."), CHOOSING],
  ["notSimulated", new NotSimulatedError("no simulated device is there"), CHOOSING],
  ["notSimulated", new NotSimulatedError("the simulator has ended"), CONNECTING],
  ["notAllowed", thrown("NotFoundError", "Web Bluetooth API globally disabled."), CHOOSING],
  [
    "notAllowed",
    thrown("NotFoundError", "User denied the browser permission to scan for Bluetooth devices."),
    CHOOSING,
  ],
  ["notAllowed", thrown("SecurityError", "requestDevice() called from cross-origin iframe."), CHOOSING],
  ["notAllowed", thrown("NotAllowedError", "Permission denied."), CHOOSING],
  ["unknown", thrown("InvalidStateError", "What nobody knows."), CHOOSING],
  ["outOfRange", thrown("NetworkError", "Bluetooth Device is no longer in range."), CONNECTING],
  ["outOfRange", thrown("NetworkError", "Connection failed for unknown reason."), CONNECTING],
  ["off", thrown("NetworkError", "Connection failed for unknown reason."), { ...CONNECTING, isOn: false }],
  ["notPairing", thrown("NetworkError", "Authentication failed."), CONNECTING],
  ["forgotten", thrown("NetworkError", "Authentication failed."), { ...CONNECTING, isKnown: true }],
  ["notPairing", thrown("NetworkError", "GATT Server is disconnected."), { ...PAIRING, ...LEFT }],
  ["notPairing", thrown("NetworkError", "GATT Error: Not paired."), PAIRING],
  ["notPairing", thrown("NotSupportedError", "GATT operation failed for unknown reason."), PAIRING],
  ["notPairing", thrown("NotSupportedError", "GATT operation not permitted."), PAIRING],
  ["notPairing", thrown("SecurityError", "GATT operation not authorized."), PAIRING],
  ["forgotten", thrown("NetworkError", "GATT Server is disconnected."), { ...PAIRING, isKnown: true }],
  ["newer", new ProtocolError(PROTOCOL_VERSION + 1), PAIRING],
  ["older", new ProtocolError(PROTOCOL_VERSION - 1), PAIRING],
  ["lost", thrown("NetworkError", "GATT Server is disconnected."), LEFT],
  ["refused", thrown("NotSupportedError", "GATT operation failed for unknown reason."), {}],
  ["refused", thrown("InvalidModificationError", "GATT Error: invalid attribute length."), {}],
  ["unknown", new RangeError("status: truncated at offset 3"), {}],
  ["unknown", new TypeError("undefined is not a function"), PAIRING],
  ["notKept", thrown("DataError", "This phone has no room left. Delete old files."), LEFT],
  ["refused", "a text", {}],
]

for (const [kind, error, context] of CASES)
  test(`${String(error)} (${JSON.stringify(context)}): ${kind}`, (t) => {
    t.is(failureOf(error, { ...CONTEXT, ...context }).kind, kind)
  })

test("the error's own words are kept beside those for the wearer", (t) => {
  const { detail } = failureOf(thrown("NetworkError", "GATT Server is disconnected."), {
    ...CONTEXT,
    ...LEFT,
  })
  t.is(detail, "NetworkError: GATT Server is disconnected.")
  t.is(failureOf("a text", CONTEXT).detail, "a text")
  t.is(failureOfValue("thresholdDeg is 1").detail, "thresholdDeg is 1")
})

test("what could not be kept says the way out in the words of who keeps it", (t) => {
  const error = thrown("DataError", "This phone has no room left. Delete old files.")
  t.like(failureOf(error, CONTEXT), {
    kind: "notKept",
    toDo: "This phone has no room left. Delete old files.",
  })
})

test("a battery that is low is a notice, unless it charges", (t) => {
  const flags = StatusFlag.batteryLow
  t.is(noticeOf(WELL), undefined)
  t.is(noticeOf({ ...WELL, flags })?.kind, "batteryLow")
  t.is(noticeOf({ ...WELL, flags: flags | StatusFlag.charging }), undefined)
})

const ALL: Failure[] = [
  ...CASES.map(([, error, context]) => failureOf(error, { ...CONTEXT, ...context })),
  ...(["bluetooth", "bluetoothOnIphone", "secureContext"] as const).map(failureOfLack),
]

test("each failure says in sentences what happened and what to do, and nothing that frightens", (t) => {
  for (const { kind, happened, toDo } of ALL)
    for (const words of [happened, toDo]) {
      t.regex(words, /^[A-Z].*[.]$/, kind)
      t.notRegex(words, /damage|injur|GATT|error|exception|undefined/i, kind)
    }
})

test("the ways out are those that there are", (t) => {
  const toDo = (kind: FailureKind) => ALL.find((failure) => failure.kind === kind)?.toDo ?? ""
  t.regex(toDo("bluetooth"), /Chrome, Edge or Opera, on Android, Windows, macOS, ChromeOS or Linux/)
  t.regex(toDo("bluetoothOnIphone"), /Bluefy.*scanner app.*Run summary \(text\)/)
  t.regex(toDo("secureContext"), /https:\/\/.*localhost/)
  t.regex(toDo("notSimulated"), /Play.*try again.*open this app.*start it again/)
  t.regex(toDo("notPairing"), /button.*minute.*short and a long buzz/)
  t.regex(toDo("forgotten"), /button.*minute.*list of Bluetooth devices/)
  t.regex(toDo("newer"), /Reload.*online/)
  t.regex(toDo("older"), /Update the firmware/)
})
