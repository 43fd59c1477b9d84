/** Where the phone keeps runs, and what they are called there: device, boot and number are one run for ever. */

/** When a run began, as the device's list tells it. */
export interface RunStart {
  /** 0 while the device does not know. */
  unixS: number
  /** How far the wearer's clocks were ahead of UTC then, quarters of an hour; 0 while unknown. */
  zoneQuarters: number
}

export interface RunStore {
  has(key: string): Promise<boolean>
  /** Undefined when it is not there. */
  get(key: string): Promise<Uint8Array | undefined>
  /** The record, byte for byte as the device had it. When this returns it outlasts the app. */
  add(key: string, record: Uint8Array, start: RunStart): Promise<void>
  /** Of a run that is there: the device has learnt since when it began. */
  dated?(key: string, start: RunStart): Promise<void>
}

/** @param deviceId as hex */
export function runKey(deviceId: string, bootId: number, runId: number): string {
  return `${deviceId}-${bootId}-${runId}`
}
