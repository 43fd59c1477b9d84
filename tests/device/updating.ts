/** A worn device whose firmware is updated: a phone that knows it, its wearer's finger, and images made for it. */
import { CHIPS, USUAL_KIND } from "../../hosts/virtual/boards/kinds"
import { type ImageOptions, imageOf } from "../../hosts/virtual/ota-image"
import type { BoardOptions } from "../../hosts/virtual/protocol"
import { FirmwareImage } from "../../phone/link/firmware-image"
import { FirmwareUpdate, type UpdateProgress } from "../../phone/link/firmware-update"
import type { EngineName } from "../../simulator/engine/engine"
import { decode } from "../../src/ble/fields"
import { PATELLA } from "../../src/ble/profile"
import { UPDATE_STATUS, UpdateState } from "../../src/ble/update-layouts"
import { Wear } from "./wear"

export const UPDATE_UUID = PATELLA.characteristics.update.uuid
/** Three sectors and a bit. */
export const IMAGE_BYTES = 13_000
export const SLOT_BYTES = 0x8000

export function image(options: Partial<ImageOptions> = {}): Uint8Array {
  return imageOf({ version: "0.2.0", chip: CHIPS[USUAL_KIND], bytes: IMAGE_BYTES, ...options })
}

export async function boot(options: BoardOptions = {}, engine?: EngineName): Promise<Wear> {
  const wear = await Wear.boot(engine, { slotBytes: SLOT_BYTES, ...options })
  await wear.link.advance(3000)
  await wear.phone.connect()
  return wear
}

export async function press({ link }: Wear): Promise<void> {
  await link.pressButton(true, 3)
  await link.advance(120)
  await link.pressButton(false, 3)
  await link.advance(1000)
}

export async function status({ phone }: Wear) {
  return decode(UPDATE_STATUS, await phone.transport.read(UPDATE_UUID))
}

export async function stateOf(wear: Wear): Promise<string> {
  const { state } = await status(wear)
  return Object.entries(UpdateState).find(([, code]) => code === state)?.[0] ?? ""
}

export interface Bringing {
  /** The wearer presses when asked. */
  presses?: boolean
  progress?: (progress: UpdateProgress) => void
}

/** A phone's update; the wearer presses as soon as the device buzzes. */
export function bringing(
  wear: Wear,
  bytes: Uint8Array,
  { presses = true, progress }: Bringing = {},
): FirmwareUpdate {
  let isAsked = false
  return new FirmwareUpdate({
    image: new FirmwareImage(bytes),
    wait: async (ms) => {
      if (isAsked && presses) await press(wear)
      isAsked = false
      await wear.link.advance(ms)
    },
    progress: (told) => {
      isAsked = told.phase === "press"
      progress?.(told)
    },
  })
}
