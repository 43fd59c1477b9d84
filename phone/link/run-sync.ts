/**
 * Fetches each closed run that the phone does not have yet, in the order of their numbers, and acknowledges it once it is stored. One for each device;
 * after a lost link it goes on at the byte where it was.
 */
import { decode, type Values } from "../../src/ble/fields"
import { AccessResult, RecordKind } from "../../src/ble/record-layouts"
import { runIdentity } from "../../src/ble/run-codec"
import { RUN_LIST, RunFlag } from "../../src/ble/run-layouts"
import { crc32 } from "../../src/storage/crc32"
import type { GattTransport } from "./gatt-transport"
import type { Wait } from "./notification-inbox"
import { PartRecord } from "./part-record"
import { RecordAccess, type SyncWay } from "./record-access"
import { fetchRecord } from "./record-fetch"
import { readRecord } from "./record-reads"
import { type RunStart, type RunStore, runKey } from "./run-store"

const LARGEST_RUN = 0xffff

export type ListedRun = Values<typeof RUN_LIST>["runs"][number]

export interface SyncProgress {
  /** Of the runs that this phone did not have. */
  runsDone: number
  runsTotal: number
  bytesDone: number
  bytesTotal: number
}

export interface RunSyncOptions {
  /** Hex, as the device's identity tells it. */
  deviceId: string
  store: RunStore
  wait: Wait
  /** How it begins with each connection: notifications, unless told otherwise; when they stay away it goes on by reads. */
  way?: SyncWay
  progress?: (progress: SyncProgress) => void
}

export interface SyncResult {
  /** Keys of the runs that were added to the store. */
  added: string[]
  /** Numbers of runs that the device could not give. */
  failed: number[]
  /** As it ended. */
  way: SyncWay
  isAborted: boolean
}

export class RunSync {
  readonly #options: RunSyncOptions
  #part: PartRecord | undefined
  #access: RecordAccess | undefined
  #isAborted = false

  constructor(options: RunSyncOptions) {
    this.#options = options
  }

  /** Ends run() between two records or chunks; what came of a record is kept. */
  abort(): void {
    this.#isAborted = true
    this.#access?.wake()
  }

  /** @throws what the transport and the store throw, and Error when the link is lost: call it again with the next connection */
  async run(transport: GattTransport): Promise<SyncResult> {
    const { wait, way = "notifications" } = this.#options
    const access = new RecordAccess(transport, wait, way)
    const result: SyncResult = { added: [], failed: [], way, isAborted: false }
    this.#isAborted = false
    this.#access = access
    await access.open()
    try {
      // Until nothing is left: runs close meanwhile.
      for (let from = 0; from <= LARGEST_RUN && !this.#isAborted; ) {
        const runs = await this.#list(access, from)
        await this.#sync(access, runs, result)
        if (runs.length === 0) break
        from = (runs.at(-1)?.runId ?? LARGEST_RUN) + 1
      }
    } finally {
      this.#access = undefined
      await access.close()
    }
    return { ...result, way: access.way, isAborted: this.#isAborted }
  }

  /** By number. */
  async #list(access: RecordAccess, from: number): Promise<ListedRun[]> {
    const part = new PartRecord(RecordKind.list, from)
    const end = await this.#get(access, part)
    if (end === "aborted") return []
    if (end !== "whole") throw new Error("phone: the device cannot give its list of runs")
    const { runs } = decode(RUN_LIST, part.bytes)
    return [...runs].sort((a, b) => a.runId - b.runId)
  }

  async #sync(access: RecordAccess, runs: ListedRun[], result: SyncResult): Promise<void> {
    const missing: ListedRun[] = []
    for (const run of runs) {
      const key = this.#key(run.bootId, run.runId)
      if (await this.#options.store.has(key)) {
        await this.#options.store.dated?.(key, startOf(run))
        await this.#acknowledgeHeld(access, run, run === runs.at(-1), result)
      } else missing.push(run)
    }
    const progress = {
      runsDone: 0,
      runsTotal: missing.length,
      bytesDone: 0,
      bytesTotal: missing.reduce((sum, { recordBytes }) => sum + recordBytes, 0),
    }
    for (const run of missing) {
      if (this.#isAborted) return
      await this.#fetch(access, run, result)
      progress.runsDone++
      progress.bytesDone += run.recordBytes
      this.#options.progress?.({ ...progress })
    }
  }

  async #fetch(access: RecordAccess, run: ListedRun, result: SyncResult): Promise<void> {
    const { runId } = run
    if (this.#part?.runId !== runId) this.#part = new PartRecord(RecordKind.run, runId)
    const part = this.#part
    const end = await this.#get(access, part)
    if (end === "failed") result.failed.push(runId)
    if (end !== "whole") return
    const record = part.bytes
    const { bootId } = runIdentity(record)
    const key = this.#key(bootId, runId)
    if (!(await this.#options.store.has(key))) {
      await this.#options.store.add(key, record, startOf(run))
      result.added.push(key)
    }
    this.#part = undefined
    await access.acknowledge(runId, part.crc)
  }

  /** One that was stored, and then the link was lost; or that another phone's cursor knows. */
  async #acknowledgeHeld(
    access: RecordAccess,
    run: ListedRun,
    isNewest: boolean,
    result: SyncResult,
  ): Promise<void> {
    const flags = isNewest ? RunFlag.acknowledged | RunFlag.yours : RunFlag.acknowledged
    if ((run.flags & flags) === flags) return
    const record = await this.#options.store.get(this.#key(run.bootId, run.runId))
    if (!record) return
    const answer = await access.acknowledge(run.runId, crc32(record))
    if (answer === AccessResult.crcDiffers) result.failed.push(run.runId)
  }

  async #get(access: RecordAccess, part: PartRecord): Promise<"whole" | "gone" | "failed" | "aborted"> {
    const isAborted = () => this.#isAborted
    if (access.way === "notifications") {
      const end = await fetchRecord(access, part, isAborted)
      if (end !== "unheard") return end
      access.way = "reads"
    }
    return readRecord(access.transport, part, isAborted)
  }

  #key(bootId: number, runId: number): string {
    return runKey(this.#options.deviceId, bootId, runId)
  }
}

function startOf({ startUnixS: unixS, zoneQuarters }: ListedRun): RunStart {
  return { unixS, zoneQuarters }
}
