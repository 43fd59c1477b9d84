/**
 * What goes over the Bluetooth link, readable: "read Status: calibrated, run open, 84 %". By the profile and its layouts; values that are looked at often, and those
 * that a layout does not say all of, have words of their own.
 */
import { fromHex, type GattReply, type GattRequest, type Notification } from "../../hosts/virtual/protocol"
import { liveReading } from "../../phone/link/live-reading"
import { PROFILES } from "../../phone/link/profiles"
import { decode, type Layout, rowBytes } from "../../src/ble/fields"
import { Problem, SETTING_WRITE, SETTINGS_VALUE, STATUS, StatusFlag } from "../../src/ble/layouts"
import {
  AttError,
  type CharacteristicKey,
  type CharacteristicProfile,
  type ChoiceValue,
  type TextValue,
} from "../../src/ble/profile"
import { CHUNK, RECORD_HEAD } from "../../src/ble/record-layouts"
import { RUN_SUMMARY } from "../../src/ble/run-layouts"
import { UPDATE_DATA } from "../../src/ble/update-layouts"
import { Activity } from "../../src/motion/stride"
import { SETTINGS } from "../../src/storage/settings"
import { bitNames, codeWords, headWords, layoutWords, quantityWords } from "./field-words"
import type { Traffic } from "./messages"

export type LinkWords = Omit<Traffic, "timeS" | "from">

type Way = "read" | "write" | "notify"
type ValueWords = (bytes: Uint8Array) => string

const CDEG_PER_DEG = 100
const MS_PER_S = 1000

const OWN_WORDS: Partial<Record<CharacteristicKey, Partial<Record<Way, ValueWords>>>> = {
  status: { read: statusWords, notify: statusWords },
  live: { read: liveWords, notify: liveWords },
  settings: { read: settingsWords, write: settingWords },
  runSummary: { read: runWords },
  records: {
    read: (bytes) =>
      `${headWords(RECORD_HEAD, bytes)}; ${bytes.length - rowBytes(RECORD_HEAD.head)} bytes of it`,
    notify: (bytes) => `${headWords(CHUNK, bytes)}; ${bytes.length - rowBytes(CHUNK.head)} bytes`,
  },
}

/** A request of the phone and what became of it. */
export function exchangeWords(request: GattRequest, reply: GattReply): LinkWords {
  const { op, characteristic, value = "" } = request
  const about = characteristic === undefined ? "" : nameOf(characteristic)
  const hex = op === "read" ? (reply.value ?? "") : value
  const refused = refusalWords(reply)
  if (refused !== undefined) return { what: op, about, says: refused, hex: value }
  return { what: op, about, says: sayings(request, reply), hex }
}

export function notificationWords({
  characteristic,
  value,
}: Pick<Notification, "characteristic" | "value">): LinkWords {
  return {
    what: "notify",
    about: nameOf(characteristic),
    says: valueWords(characteristic, "notify", value),
    hex: value,
  }
}

function sayings({ op, characteristic = "", value = "", mtu }: GattRequest, reply: GattReply): string {
  switch (op) {
    case "read":
      return valueWords(characteristic, "read", reply.value ?? "")
    case "write":
      return valueWords(characteristic, "write", value)
    case "scan":
      return reply.advertisement ? `found ${reply.advertisement.name}` : "nothing advertises"
    case "connect":
      return mtu === undefined ? "" : `MTU ${mtu} asked for, ${reply.mtu} agreed on`
    case "discover":
      return `${(reply.services ?? []).flatMap((service) => service.characteristics).length} characteristics`
    case "pair":
      return "the phone has the keys now"
    case "encrypt":
      return "by the keys of an earlier pairing"
    default:
      return ""
  }
}

/** Why it was not done; undefined when it was. */
function refusalWords({ error, linkError }: GattReply): string | undefined {
  if (linkError !== undefined) return `refused: ${linkError}`
  if (error === undefined) return undefined
  const known = Object.entries(AttError).find(([, { code }]) => code === error)
  const code = `0x${error.toString(16).padStart(2, "0")}`
  return known ? `refused: ${known[0]} (${code}): ${known[1].description}` : `refused: ATT error ${code}`
}

function nameOf(uuid: string): string {
  return Object.values(PROFILES).find((profile) => profile.uuid === uuid)?.name ?? uuid
}

/** @param hex of a characteristic's value that was read, written or notified */
function valueWords(uuid: string, way: Way, hex: string): string {
  const bytes = fromHex(hex)
  const found = (Object.entries(PROFILES) as [CharacteristicKey, CharacteristicProfile][]).find(
    ([, profile]) => profile.uuid === uuid,
  )
  if (!found) return `${bytes.length} bytes`
  const [key, profile] = found
  try {
    const own = OWN_WORDS[key]?.[way]
    const words = own ? own(bytes) : formWords(way === "write" ? profile.write : profile.read, bytes)
    return words === "" ? "none" : words
  } catch (error) {
    return (error as Error).message
  }
}

function formWords(form: Layout | TextValue | ChoiceValue | undefined, bytes: Uint8Array): string {
  if (form === undefined) return `${bytes.length} bytes`
  if ("text" in form) return `“${new TextDecoder().decode(bytes).replaceAll("\n", " / ")}”`
  if (!("oneOf" in form)) return layoutWords(form, bytes)
  const layout = form.oneOf.find(({ head: [first] }) =>
    first?.codes ? Object.values(first.codes).includes(bytes[0] as number) : first?.constant === bytes[0],
  )
  if (!layout) return `an unknown request ${bytes[0]}`
  // What follows the head of data is no field of it.
  const isData = layout === (UPDATE_DATA as Layout)
  const fields = isData ? headWords(layout, bytes) : layoutWords(layout, bytes)
  const rest = isData ? `${bytes.length - rowBytes(layout.head)} bytes` : ""
  return [layout.title, fields, rest].filter((words) => words !== "").join(", ")
}

function statusWords(bytes: Uint8Array): string {
  const { flags, activity, batteryPercent, faults, problems } = decode(STATUS, bytes)
  return [
    ...bitNames(flags, StatusFlag),
    codeWords(activity, Activity) ?? `activity ${activity}`,
    `${batteryPercent} %`,
    ...(faults > 0 ? [`${faults} faults`] : []),
    ...bitNames(problems, Problem).map((name) => `problem: ${name}`),
  ].join(", ")
}

function liveWords(bytes: Uint8Array): string {
  const { angles, activity, isStance, isRunOpen, strides, compressions } = liveReading(bytes)
  const kneeDeg = angles.at(-1)?.kneeDeg
  return [
    ...(kneeDeg === undefined ? [] : [`knee ${Math.round(kneeDeg)}°`]),
    isStance ? "stance" : "swing",
    codeWords(activity, Activity) ?? `activity ${activity}`,
    ...(isRunOpen ? [`${strides} strides`, `${compressions} compressions`] : []),
  ].join(", ")
}

function settingsWords(bytes: Uint8Array): string {
  return decode(SETTINGS_VALUE, bytes).settings.map(settingPair).join(", ")
}

function settingWords(bytes: Uint8Array): string {
  return settingPair(decode(SETTING_WRITE, bytes))
}

function settingPair({ id, value }: { id: number; value: number }): string {
  const setting = SETTINGS.find((known) => known.id === id)
  return setting ? `${setting.name} ${quantityWords(value, setting.unit)}` : `setting ${id}: ${value}`
}

function runWords(bytes: Uint8Array): string {
  if (bytes.length === 0) return "no run yet"
  const run = decode(RUN_SUMMARY, bytes)
  return [
    `run ${run.runId}`,
    quantityWords(run.durationMs / MS_PER_S, "s"),
    `${run.strides} strides`,
    `${run.compressions} compressions past ${quantityWords(run.thresholdCdeg / CDEG_PER_DEG, "°")}`,
    `median peak ${quantityWords(run.peakFlexionMedianCdeg / CDEG_PER_DEG, "°")}`,
  ].join(", ")
}
