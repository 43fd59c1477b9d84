/** What a command answers with, and what it works with. */

import type { DeviceModel } from "../ble/device-model"
import type { PatellaService } from "../ble/service"
import { constant } from "../constant"
import type { DeviceParts } from "../device/device-parts"

/** Lines that are made when it is their turn. */
export interface ConsolePage {
  /** Asked for 0, 1, 2 … in turn. @returns undefined after the last. @throws Error: then there are no more */
  line(index: number): string | undefined
}

/** What is printed of what the device tells while it works. */
export const LogLevel = constant({ quiet: 0, events: 1, all: 2 } as const)
export type LogLevel = (typeof LogLevel)[keyof typeof LogLevel]

/** The device as the console sees it. */
export interface ConsoleDevice {
  readonly parts: DeviceParts
  readonly phone: DeviceModel
  readonly service: PatellaService
}

/** What takes more than an answer. */
export interface ConsoleDesk extends ConsoleDevice {
  /** Asks before `act`, with the question's words. */
  ask(question: string, act: (device: ConsoleDevice) => string): void
  setLog(level: LogLevel): void
  /** @param seconds 0: until a key is pressed */
  record(seconds: number): void
}

/** What is refused, or went wrong, begins with it. */
export const REFUSED = "! "
/** What is no row of a recording begins with it where one may be written to the same file (simulator/recording). */
export const COMMENT = "# "

/** One line. */
export class Answer implements ConsolePage {
  private readonly text: string

  constructor(text: string) {
    this.text = text
  }

  line(index: number): string | undefined {
    return index === 0 ? this.text : undefined
  }
}
