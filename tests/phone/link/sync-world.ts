/** A device with closed runs, and phones that sync them over links that are as bad as wanted until all is done. */
import type { StackBond } from "../../../hosts/virtual/protocol"
import { RecordAccess, type SyncWay } from "../../../phone/link/record-access"
import { runKey } from "../../../phone/link/run-store"
import { RunSync, type SyncProgress, type SyncResult } from "../../../phone/link/run-sync"
import { MemoryRuns } from "../../../simulator/phone/memory-runs"
import { AccessResult, Operator } from "../../../src/ble/record-layouts"
import type { RunEntry } from "../../../src/storage/run-archive"
import { recordOf } from "../../ble/access-desk"
import { Device } from "../../ble/device"
import { type LinkPlan, LossyLink } from "./lossy-link"

const DEVICE_ID = "0011223344556677"
const BOOT = 7
/** A plan has fewer faults than this. */
const ATTEMPTS = 400

export const PHONES: readonly StackBond[] = [
  { identity: "c0ffee000001", key: "000102030405060708090a0b0c0d0e0f" },
  { identity: "c0ffee000002", key: "0f0e0d0c0b0a09080706050403020100" },
]

export const keyOf = (run: number) => runKey(DEVICE_ID, BOOT, run)

export interface PhoneOptions {
  way?: SyncWay
  mtu?: number
  progress?: (progress: SyncProgress) => void
}

export class SyncPhone {
  readonly store = new MemoryRuns()
  readonly link: LossyLink
  sync: RunSync
  mtu: number

  constructor(
    device: Device,
    bond: StackBond,
    { way = "notifications", mtu = 23, progress }: PhoneOptions = {},
  ) {
    this.link = new LossyLink(device, bond)
    this.mtu = mtu
    this.sync = new RunSync({
      deviceId: DEVICE_ID,
      store: this.store,
      wait: this.link.wait,
      way,
      ...(progress && { progress }),
    })
  }

  /** One connection. @returns undefined when it was lost. @throws what goes wrong on a link that is up */
  async attempt(plan: LinkPlan = {}): Promise<SyncResult | undefined> {
    this.link.plan = plan
    this.link.connect(this.mtu)
    try {
      return await this.sync.run(this.link)
    } catch (error) {
      if (this.link.connected) throw error
      return undefined
    } finally {
      this.leave()
    }
  }

  /** Connects again and again until it has all. */
  async untilDone(plan: LinkPlan = {}): Promise<SyncResult> {
    for (let left = ATTEMPTS; left > 0; left--) {
      const result = await this.attempt(plan)
      if (result) return result
    }
    throw new Error(`phone: not done after ${ATTEMPTS} connections`)
  }

  /** Asks the device to delete what it may. @returns how many runs it deleted */
  async deleteAll(): Promise<number> {
    this.link.plan = {}
    this.link.connect(this.mtu)
    const access = new RecordAccess(this.link, this.link.wait, "notifications")
    await access.open()
    const { result, number } = await access.select("delete", Operator.all)
    this.leave()
    return result === AccessResult.success ? number : 0
  }

  leave(): void {
    if (this.link.connected) this.link.lose()
  }
}

export class SyncWorld {
  readonly device = new Device([], PHONES)
  /** All that were ever closed. */
  readonly closed = new Map<number, Uint8Array>()

  constructor(sizes: readonly number[] = []) {
    for (const bytes of sizes) this.close(bytes)
  }

  close(bytes: number): number {
    const { runs } = this.device
    const run = runs.newestId + 1
    const record = recordOf(run, bytes, BOOT)
    runs.add(run, record)
    this.closed.set(run, record)
    return run
  }

  phone(which = 0, options: PhoneOptions = {}): SyncPhone {
    return new SyncPhone(this.device, PHONES[which] as StackBond, options)
  }

  /** Numbers of the runs that the device still has. */
  there(): number[] {
    return this.#numbers(() => true)
  }
  /** And of those that it knows a phone to have. */
  acknowledged(): number[] {
    return this.#numbers(({ isAcknowledged }) => isAcknowledged)
  }
  #numbers(is: (run: RunEntry) => boolean): number[] {
    const { runs } = this.device
    const rows = Array.from({ length: runs.length }, (_, at) => runs.at(at) as RunEntry)
    return rows
      .filter(is)
      .map(({ id }) => id)
      .sort((a, b) => a - b)
  }

  /** What is wrong with what a phone has: a run that was not closed, or another record. */
  wrong({ store }: SyncPhone): string[] {
    const known = new Map([...this.closed].map(([run, record]) => [keyOf(run), record]))
    return [...store.records]
      .filter(([key, record]) => Buffer.compare(record, known.get(key) ?? new Uint8Array(0)) !== 0)
      .map(([key]) => key)
  }

  /** Runs that it does not have. */
  missing({ store }: SyncPhone): number[] {
    return [...this.closed.keys()].filter((run) => !store.records.has(keyOf(run)))
  }
}
