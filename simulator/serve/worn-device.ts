/** What is known of the device that is worn before it is switched on. */
import type { BoardKind } from "../../hosts/virtual/protocol"
import { SETTINGS } from "../../src/storage/settings"
import { RequestRefused } from "./request"

export const USUAL_BOARD: BoardKind = "xiao_esp32c3"

/** @throws RequestRefused */
export function canWear(board: BoardKind, sensors: 1 | 2): void {
  if (sensors === 2 && board === "m5stick_cplus")
    throw new RequestRefused(
      "an M5StickC Plus has no wires for a second sensor: choose the other board, or one sensor",
    )
}

/** That the device starts with. */
export function thresholdDeg(settings: Readonly<Record<string, number>> = {}): number {
  return settings.thresholdDeg ?? SETTINGS.find(({ name }) => name === "thresholdDeg")?.default ?? 0
}

/** Options of the commands that play the same. @param usual sensors that what is played says itself */
export function wornOptions(board: BoardKind, sensors: 1 | 2, usual: 1 | 2 = 1): string[] {
  return [
    ...(board === USUAL_BOARD ? [] : [`--board ${board}`]),
    ...(sensors === usual ? [] : [`--sensors ${sensors}`]),
  ]
}

/** As a shell takes it for one word. */
export function shellWord(name: string): string {
  return /^[\w./-]+$/.test(name) ? name : `'${name.replaceAll("'", `'\\''`)}'`
}
