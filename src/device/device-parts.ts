/** What the device is made of, as its rooms know it. */

import type { COACH, COACH_REQUEST } from "../ble/coach-layouts"
import type { Values } from "../ble/fields"
import type { Board } from "../board"
import type { Haptics } from "../haptics/haptics"
import type { TimeService } from "../io"
import type { Motion } from "../motion/motion"
import type { KneeListener } from "../motion/tapped-steps"
import type { BendLog } from "../run/bend-log"
import type { RunRecorder } from "../run/run-recorder"
import type { BondList } from "../storage/bond-list"
import type { BootRecord } from "../storage/boot-record"
import type { CalibrationStore } from "../storage/calibration-store"
import type { CoachLog } from "../storage/coach-log"
import type { SettingsStore } from "../storage/settings"
import type { FirmwareUpdate } from "../update/firmware-update"
import type { Trial } from "../update/trial"
import type { BatteryLevel } from "./battery-level"
import type { DeviceLog } from "./device-log"
import type { Question } from "./question"
import type { RunStorage } from "./run-storage"
import type { ThighSensor } from "./thigh-sensor"
import type { WearKeeping } from "./wear-keeping"

/** The readiness test and the routines. Each press tells whether it was for them. */
export interface Coach {
  /** One is chosen or played. */
  readonly isActive: boolean
  /** It is told of the knee, and tells the phone that follows it. */
  readonly isWatching: boolean
  value(): Omit<Values<typeof COACH>, "sittingMin">
  choose(): void
  request(request: Values<typeof COACH_REQUEST>): boolean
  short(): boolean
  double(): boolean
  long(): boolean
  /** Once a second. @returns false when it is over and nobody needs it any more */
  tick(): boolean
  close(): void
}

/** The watch on long sitting (sitting-side.ts). */
export interface Sitting {
  /** How long the wearer has been sitting, 0 when not. */
  readonly satMin: number
  /** The buzz is so new that a press answers it. */
  readonly isBuzzNew: boolean
  /** The device is to stay awake, however still its wearer sits. */
  readonly keepsAwake: boolean
  /** Once a second. */
  tick(): void
  /** Motion found out how it sits on the leg. */
  calibrated(): void
  /** A stride of the leg that wears it. */
  stride(): void
  /** No buzz for an hour. */
  snooze(): void
  /** The same by a press of the button. @returns whether there was a buzz to answer */
  snoozeIfNew(): boolean
  /** It hurts. @returns false when no steps after a long sitting are watched */
  painMarked(): boolean
  /** The device falls asleep. */
  leave(): void
}

/** One object, made by src/main.ts, of which each room takes what it needs. */
export interface DeviceParts {
  board: Board
  motion: Motion
  recorder: RunRecorder
  wear: WearKeeping
  thigh: ThighSensor
  battery: BatteryLevel
  haptics: Haptics
  /** Made later. */
  sitting?: Sitting
  /** While one is asked. */
  question?: Question | undefined
  /** While there is one, and for a minute after it was refused. */
  update?: FirmwareUpdate | undefined
  /** While the firmware that runs is on trial. */
  trial?: Trial | undefined
  /** While a routine is chosen or played, and for a while after it (coach-side.ts). */
  coach?: Coach | undefined
  /** A phone that follows the knee. */
  live?: KneeListener | undefined
  /** Made last; undefined where there is none, or it cannot be read. */
  button?: { readonly isPressed: boolean; tick(): void; close(): void } | undefined
  /** Somebody types at the console. */
  isConsoleInUse: boolean
  /** Where the board has one. */
  display?: { show(): void; close(): void } | undefined
  settings: SettingsStore
  calibrations: CalibrationStore
  bonds: BondList
  coachLog: CoachLog
  boot: BootRecord
  runs: RunStorage
  bends: BendLog
  time: TimeService
  log: DeviceLog
}
