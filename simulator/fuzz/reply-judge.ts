/** Replies and notifications held against the profile: which errors there are, which values each characteristic gives and takes. */
import type { GattReply, Notification } from "../../hosts/virtual/protocol"
import { decode, fieldRefused, type Layout, rowBytes } from "../../src/ble/fields"
import { SETTING_WRITE } from "../../src/ble/layouts"
import { AttError, VALUE_LIMIT_BYTES } from "../../src/ble/profile"
import { UPDATE_DATA } from "../../src/ble/update-layouts"
import { nameRefused } from "../../src/storage/device-name"
import { SETTINGS, settingRefused } from "../../src/storage/settings"
import { decodeUtf8 } from "../../src/utf8"
import { type Asked, askedOf, isOfCode, isText, writtenLayouts } from "./characteristics"
import { insist } from "./wrong"

/** Core specification 5.4, volume 3, part F, 3.4.1.1: what a stack answers by itself. */
const STACK_ERRORS: Readonly<Record<"read" | "write" | "subscribe" | "unsubscribe", readonly number[]>> = {
  read: [0x01, 0x02, 0x05, 0x0f],
  write: [0x01, 0x03, 0x05, 0x0d, 0x0f],
  subscribe: [0x01, 0x05, 0x06, 0x0f],
  unsubscribe: [0x01, 0x05, 0x06, 0x0f],
}
/** Errors that ask for pairing or for a place on the list. */
const NOT_LET_IN: readonly number[] = [0x05, 0x0f, AttError.notAuthorized.code]
const REFUSING: readonly number[] = [AttError.invalidLength.code, AttError.valueNotAllowed.code]
const OWN_ERRORS: readonly number[] = Object.values(AttError)
  .map(({ code }) => code)
  .filter((code) => code !== AttError.unlikely.code)

/** Characteristics whose value is a head and bytes of a record behind it. */
const WITH_BYTES: readonly string[] = ["records"]
/** While there is no run. */
const MAY_BE_EMPTY: readonly string[] = ["runSummary"]

export type Request = keyof typeof STACK_ERRORS

/** @param isTrusted the link's phone is on the list. @throws Wrong */
export function judgeReply(
  request: Request,
  asked: Asked,
  reply: GattReply,
  isTrusted: boolean,
  written: Uint8Array | undefined,
): void {
  const { error, value } = reply
  const what = `${request} ${asked.name}`
  if (error !== undefined) {
    insist(
      OWN_ERRORS.includes(error) || STACK_ERRORS[request].includes(error),
      `${what}: ATT error ${hex(error)}`,
    )
    insist(!isTrusted || !NOT_LET_IN.includes(error), `${what}: a known phone is refused by ${hex(error)}`)
  } else {
    insist(asked.profile !== undefined, `${what}: answered, though the profile has none`)
    insist(asked.isPublic || isTrusted, `${what}: answered to a phone that is not on the list`)
  }
  if (request === "read" && error === undefined) {
    insist(value !== undefined, `${what}: neither value nor error`)
    judgeValue(asked, bytesOf(value), what)
  }
  if (request === "write" && written && asked.profile?.write && (isTrusted || error === undefined))
    judgeWrite(asked, written, error, what)
}

/** @throws Wrong when it is not what the characteristic gives */
export function judgeNotification({ characteristic, value }: Notification, isTrusted: boolean): void {
  const asked = askedOf(characteristic)
  insist(asked?.profile?.notify === true, `notified by ${characteristic}, which does not notify`)
  insist(asked.isPublic || isTrusted, `${asked.name}: notified to a phone that is not on the list`)
  // Chunks are another value than what is read there.
  if (!WITH_BYTES.includes(asked.name)) judgeValue(asked, bytesOf(value), `notification of ${asked.name}`)
}

function judgeValue({ name, profile }: Asked, value: Uint8Array, what: string): void {
  const given = profile?.read
  insist(given !== undefined, `${what}: it cannot be read`)
  insist(value.length <= VALUE_LIMIT_BYTES, `${what}: ${value.length} bytes`)
  if (isText(given)) {
    insist(decodeUtf8(value) !== undefined, `${what}: no UTF-8`)
    return
  }
  if (value.length === 0 && MAY_BE_EMPTY.includes(name)) return
  const layout = given
  const head = WITH_BYTES.includes(name) ? value.subarray(0, rowBytes(layout.head)) : value
  insist(isGood(layout, head), `${what}: no ${layout.title}: ${[...head].map(hex).join(" ")}`)
}

/** What is no value of the characteristic's is refused as such; what is one is not told that it is too long or too short. */
function judgeWrite(asked: Asked, value: Uint8Array, error: number | undefined, what: string): void {
  const isGoodValue = isTaken(asked, value)
  if (!isGoodValue)
    insist(
      error !== undefined && REFUSING.includes(error),
      `${what}: ${words(error)} for what is no value of it`,
    )
  else
    insist(error !== AttError.invalidLength.code, `${what}: ${words(error)} for a value of the right length`)
}

function isTaken({ profile }: Asked, value: Uint8Array): boolean {
  if (!profile?.write || value.length > VALUE_LIMIT_BYTES) return false
  if (isText(profile.write)) return nameRefused(value) === undefined
  const layouts = writtenLayouts(profile)
  const meant = layouts.filter((layout) => layouts.length === 1 || isOfCode(layout, value[0]))
  // A request that nobody knows is answered as such.
  if (meant.length === 0) return value.length > 0
  if (meant.includes(UPDATE_DATA) && value.length === rowBytes(UPDATE_DATA.head)) return false
  return meant.some(
    (layout) => isGood(layout, headOf(layout, value)) && (layout !== SETTING_WRITE || isSetting(value)),
  )
}

/** Of a value whose bytes behind the head are of any kind, and there; otherwise all of it. */
function headOf(layout: Layout, value: Uint8Array): Uint8Array {
  const headBytes = rowBytes(layout.head)
  return layout === UPDATE_DATA && value.length > headBytes ? value.subarray(0, headBytes) : value
}

function isSetting(value: Uint8Array): boolean {
  const { id, value: number } = decode(SETTING_WRITE, value)
  const setting = SETTINGS.find((known) => known.id === id)
  return setting !== undefined && settingRefused(setting.name, number) === undefined
}

function isGood(layout: Layout, value: Uint8Array): boolean {
  try {
    return fieldRefused(layout, decode(layout, value)) === undefined
  } catch {
    return false
  }
}

function bytesOf(hexDigits: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hexDigits, "hex"))
}
function words(error: number | undefined): string {
  return error === undefined ? "no error" : `error ${hex(error)}`
}
function hex(byte: number): string {
  return byte.toString(16).padStart(2, "0")
}
