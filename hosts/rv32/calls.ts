/** What the firmware's machine and the board's ask of each other (bridge.c): a number says what, up to five values follow. */

/** The firmware asks. An object of the board is named by the number that its making gave. */
export const BoardCall = {
  timerSet: 0,
  timerRepeat: 1,
  timerClear: 2,
  ticks: 3,
  smbusOpen: 4,
  smbusReadUint8: 5,
  smbusWriteUint8: 6,
  smbusReadBuffer: 7,
  digitalOpen: 8,
  digitalRead: 9,
  pwmOpen: 10,
  pwmWrite: 11,
  analogOpen: 12,
  analogRead: 13,
  keyValueOpen: 14,
  keyValueRead: 15,
  keyValueWrite: 16,
  flashOpen: 17,
  flashRead: 18,
  flashWrite: 19,
  flashErase: 20,
  gattService: 21,
  gattCharacteristic: 22,
  gattDescriptor: 23,
  gattOpen: 24,
  gattAdvertise: 25,
  gattStopAdvertising: 26,
  gattNotify: 27,
  gattCloseConnection: 28,
  gattClose: 29,
  close: 30,
  event: 31,
  timerSchedule: 32,
  keyValueDelete: 33,
  flashStatus: 34,
  flashTraffic: 35,
  gattDeleteBond: 36,
  gattDeleteBonds: 37,
  outputOpen: 38,
  outputWrite: 39,
  allowLightSleep: 40,
  sleep: 41,
} as const

/** The board asks. The same numbers name the laps that the firmware's work is metered in (meter.h). */
export const FirmwareCall = {
  start: 0,
  stop: 1,
  timer: 2,
  digital: 3,
  gattConnect: 4,
  gattDisconnect: 5,
  gattRead: 6,
  gattWrite: 7,
  gattSubscribe: 8,
  gattUnsubscribe: 9,
  gattEncrypted: 10,
} as const

/** First byte of a command to the firmware's machine (guest.ts). */
export const FirmwareCommand = {
  prepareBoard: 0,
  prepareMotion: 1,
  playMotion: 2,
  probeProfiler: 3,
  orientate: 4,
  prepareStorage: 5,
  keepStates: 6,
  addRuns: 7,
  flashTraffic: 8,
} as const

/** What FirmwareCommand.flashTraffic answers, each an int32: since it was last asked. */
export const FlashTraffic = { reads: 0, bytesWritten: 1 } as const

/** Laps of the motion pipeline on its own (motion-bench.ts), after those of FirmwareCall. */
export const MotionLap = { empty: 16, sample: 17, call: 18, orientation: 19, orientationInC: 20 } as const

/** Laps of what storage-bench.ts does. */
export const StorageLap = { state: 24, run: 25, firstRun: 26 } as const

/** Numbers that profile-probe.ts gives to the profiler (profile.c), past those of the bundle's functions. */
export const ProfileProbe = { hooked: 2040, caller: 2041, idleCaller: 2042, calls: 10 } as const

/** Bits of a characteristic's properties in BoardCall.gattCharacteristic. */
export const GattProperty = { read: 1, write: 2, notify: 4, encrypted: 8 } as const

/** What goes over; an answer that is nothing counts as undefined. */
// biome-ignore lint/suspicious/noConfusingVoidType: answers are what the board's own methods return
export type Value = undefined | void | boolean | number | string | ArrayBuffer | Uint8Array

declare global {
  /** What the core gives beside the language (machines.c). Bytes come as an ArrayBuffer; what is written into them goes back. */
  function askBoard(call: number, ...values: Value[]): Value
  function askFirmware(call: number, ...values: Value[]): Value
  function encodeUtf8(text: string): ArrayBuffer
  function decodeUtf8(bytes: ArrayBuffer | Uint8Array): string
  function lapBegin(): void
  function lapEnd(kind: number): void
  function profileEnter(id: number): void
  function profileLeave<Given>(value: Given): Given
  function nextSample(): boolean
  function sampleAxis(axis: number): number
}
