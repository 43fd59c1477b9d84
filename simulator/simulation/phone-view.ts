/** What a phone that the wearer carries knows of the device: all of it came over Bluetooth, so it stays as it was while there is no link. */
export interface PhoneView {
  /** companion: another phone of the wearer's has the link, with the companion on it. */
  link: "connected" | "out of reach" | "companion" | "none"
  /** When what follows was heard last, s of the motion; undefined before. */
  asOfS?: number
  calibrated: boolean
  batteryPercent: number
  charging: boolean
  /** Names of the problems that the status tells (src/ble/layouts.ts). */
  problems: string[]
  /** By the names of src/motion/stride.ts. */
  activity: string
  isRunOpen: boolean
  /** Of the open run, or the newest. */
  strides: number
  compressions: number
  lastPeakDeg: number
  thresholdDeg: number
  summaryText: string
  /** By number; times in s of the motion. */
  runs: PhoneRun[]
  syncing?: { done: number; of: number }
}

export interface PhoneRun {
  id: number
  startS: number
  durationS: number
  strides: number
  compressions: number
  thresholdDeg: number
  compressionsByDepth: Record<string, number>
  peakFlexionMedianDeg: number
  cadenceSpm: number
  load: number
  buzzes: number
}

/** Of a phone that has heard nothing yet, or is not there. */
export const NOTHING_HEARD: Readonly<PhoneView> = {
  link: "none",
  calibrated: false,
  batteryPercent: 0,
  charging: false,
  problems: [],
  activity: "still",
  isRunOpen: false,
  strides: 0,
  compressions: 0,
  lastPeakDeg: 0,
  thresholdDeg: 0,
  summaryText: "",
  runs: [],
}
