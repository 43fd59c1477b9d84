/**
 * What goes wrong between a phone and a device, told apart by kind, in words for the wearer: what happened, and what to do. Errors of Web Bluetooth are told
 * by their DOMException's name, and where that says too little by Chromium's words (third_party/blink/renderer/modules/bluetooth/bluetooth_error.cc).
 */
import { PROTOCOL_VERSION, StatusFlag } from "../../src/ble/layouts"
import type { Status } from "./device-client"
import type { Lack } from "./finder"

export type FailureKind =
  | Lack
  | "off"
  | "noneChosen"
  | "notSimulated"
  | "notAllowed"
  | "outOfRange"
  | "notPairing"
  | "forgotten"
  | "lost"
  | "newer"
  | "older"
  | "notKept"
  | "refused"
  | "batteryLow"
  | "unknown"

export interface Failure {
  readonly kind: FailureKind
  /** A sentence or two. */
  readonly happened: string
  /** What the wearer can do about it, likewise. */
  readonly toDo: string
  /** The error's own words, for whoever looks into it. */
  readonly detail?: string
}

export interface FailureContext {
  /** What was under way. Pairing: the first read of a value that is for paired phones alone. */
  readonly step: "choosing" | "connecting" | "pairing" | "using"
  /** The link was still up afterwards. */
  readonly isConnected: boolean
  /** The phone's Bluetooth is switched on. */
  readonly isOn: boolean
  /** This phone has been let in by the device before. */
  readonly isKnown: boolean
}

/** The device speaks a version of the profile that this app does not. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError"
  readonly version: number

  constructor(version: number) {
    super(`the device speaks version ${version} of the profile, this app version ${PROTOCOL_VERSION}`)
    this.version = version
  }
}

/** The simulator, in place of Bluetooth, has no device that is meant. */
export class NotSimulatedError extends Error {
  override readonly name = "NotSimulatedError"
}

const PRESS =
  "Press the button of the device once: for a minute it lets a new phone in. A short and a long buzz say that it has. If they do not come, try again."

const WORDS: Readonly<Record<FailureKind, readonly [happened: string, toDo: string]>> = {
  bluetooth: [
    "This browser cannot use Bluetooth.",
    "Open this page in Chrome, Edge or Opera, on Android, Windows, macOS, ChromeOS or Linux. On Linux, Web Bluetooth has to be switched on at chrome://flags.",
  ],
  bluetoothOnIphone: [
    "Browsers on an iPhone or iPad cannot use Bluetooth.",
    "Open this page in the free app “Bluefy”, which can. Without it, any Bluetooth scanner app shows your newest run as text, in the value “Run summary (text)”.",
  ],
  secureContext: [
    "This page was opened in a way in which browsers allow no Bluetooth.",
    "Open it by an address that begins with https://, or from this computer itself by http://localhost.",
  ],
  off: ["Bluetooth is off, or there is none here.", "Switch Bluetooth on, then try again."],
  noneChosen: [
    "No device was chosen.",
    "Try again and choose Patella. If it is not listed, come closer, and make sure that it is charged and that no other phone is connected to it.",
  ],
  notSimulated: [
    "The simulator has no device for this app now.",
    "Press Play on the simulator's page, then try again. If several pages play, or that page was closed, open this app from the one you mean; if the simulator has ended, start it again.",
  ],
  notAllowed: [
    "The browser does not let this page use Bluetooth.",
    "Allow Bluetooth for this page in the browser's settings, and nearby devices for the browser in the phone's. Then try again.",
  ],
  outOfRange: [
    "The device does not answer.",
    "Come closer, and make sure that it is charged and that no other phone is connected to it. Then try again.",
  ],
  notPairing: ["The device does not know this phone.", PRESS],
  forgotten: [
    "The device does not know this phone any more. It keeps the last three phones that were let in.",
    `${PRESS} If that does not help, remove Patella from the phone's list of Bluetooth devices first.`,
  ],
  lost: [
    "The connection was lost.",
    "Come closer, then connect again. What has come is kept, and the rest follows.",
  ],
  newer: [
    "The firmware of the device is newer than this app.",
    "Reload this app while you are online, so that it is updated. Then connect again.",
  ],
  older: [
    "The firmware of the device is too old for this app.",
    "Update the firmware of the device. Then connect again.",
  ],
  notKept: ["What came from the device could not be kept on this phone.", "Make room, then connect again."],
  refused: ["The device did not take that.", "Try again in a moment."],
  batteryLow: ["The battery of the device is low.", "Charge it before your next run."],
  unknown: [
    "Something went wrong that this app does not know.",
    "Try again. If it stays, switch Bluetooth off and on, and reload this app.",
  ],
}

/** Chromium's words, and those of the simulator's stack, for a link that the device did not take for a paired phone's. */
const UNPAIRED = /authenticat|not paired|not authorized|not permitted|takes no new phone/i
const NO_ADAPTER = /adapter|low energy/i
const DENIED = /denied|disabled/i

/** What the wearer is told of an error, whatever was thrown. */
export function failureOf(error: unknown, context: FailureContext): Failure {
  const { name, message } = error instanceof Error ? error : { name: "", message: String(error) }
  if (name === "DataError" && message !== "") return { ...failure("notKept"), toDo: message }
  return { ...failure(kindOf(error, name, message, context)), detail: name ? `${name}: ${message}` : message }
}

/** Why there is no way to a device here at all. */
export function failureOfLack(lack: Lack): Failure {
  return failure(lack)
}

/** A value that the device would not take. @param why in words */
export function failureOfValue(why: string): Failure {
  return { ...failure("refused"), toDo: "Choose another value.", detail: why }
}

/** What the wearer should know though all is well: the device's battery is low. */
export function noticeOf({ flags }: Status): Failure | undefined {
  const isLow = (flags & StatusFlag.batteryLow) !== 0 && (flags & StatusFlag.charging) === 0
  return isLow ? failure("batteryLow") : undefined
}

function kindOf(error: unknown, name: string, message: string, context: FailureContext): FailureKind {
  const { step, isConnected, isOn, isKnown } = context
  if (error instanceof ProtocolError) return error.version > PROTOCOL_VERSION ? "newer" : "older"
  if (error instanceof NotSimulatedError) return "notSimulated"
  // No stack throws these: a value was not of the profile's form, or this app is wrong.
  if (error instanceof RangeError || error instanceof TypeError) return "unknown"
  if (!isOn) return "off"
  if (step === "choosing") return choiceKind(name, message)
  const unpaired = isKnown ? "forgotten" : "notPairing"
  if (step === "connecting") return UNPAIRED.test(message) ? unpaired : "outOfRange"
  // Whoever is not welcome is dropped without a word.
  if (step === "pairing") return unpaired
  return isConnected ? "refused" : "lost"
}

function choiceKind(name: string, message: string): FailureKind {
  if (name === "NotAllowedError" || name === "SecurityError") return "notAllowed"
  if (name !== "NotFoundError") return "unknown"
  if (NO_ADAPTER.test(message)) return "off"
  return DENIED.test(message) ? "notAllowed" : "noneChosen"
}

function failure(kind: FailureKind): Failure {
  const [happened, toDo] = WORDS[kind]
  return { kind, happened, toDo }
}
