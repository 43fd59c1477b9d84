/** Where the phone keeps runs, and what they are called there: device, boot and number are one run for ever. */

export interface RunStore {
  has(key: string): Promise<boolean>
  /** Undefined when it is not there. */
  get(key: string): Promise<Uint8Array | undefined>
  /** The record, byte for byte as the device had it. When this returns it outlasts the app. */
  add(key: string, record: Uint8Array): Promise<void>
}

/** @param deviceId as hex */
export function runKey(deviceId: string, bootId: number, runId: number): string {
  return `${deviceId}-${bootId}-${runId}`
}
