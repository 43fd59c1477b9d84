/**
 * A phone that has met Patella before: speaks to a device by GATT requests alone and knows it only by its profile and
 * codecs. What it returns is decoded; what it cannot do is an Error that names the characteristic.
 */
import { fromHex, type GattReply, type GattRequest } from "../../hosts/virtual/protocol"
import {
  DeviceClient,
  type DeviceInformation,
  type Identity,
  type Status,
} from "../../phone/link/device-client"
import { type LiveReading, liveReading } from "../../phone/link/live-reading"
import { PartRecord } from "../../phone/link/part-record"
import { PROFILES } from "../../phone/link/profiles"
import { readRecord } from "../../phone/link/record-reads"
import { decode, encode, type Values } from "../../src/ble/fields"
import { STATUS } from "../../src/ble/layouts"
import { ACCESS_RESPONSE, ACKNOWLEDGE_REQUEST, AccessResult, RecordKind } from "../../src/ble/record-layouts"
import {
  type BendList,
  decodeBends,
  decodeRunRecord,
  decodeRunSummary,
  type RunRecord,
  type RunSummary,
} from "../../src/ble/run-codec"
import { RUN_LIST } from "../../src/ble/run-layouts"
import { crc32 } from "../../src/storage/crc32"
import { type PhoneBond, RequestTransport } from "./request-transport"

/** All that a phone can know of the device. */
export interface Sync extends BendList {
  device: DeviceInformation
  status: Status
  identity: Identity
  runs: RunRecord[]
  summaryText: string
}

const DEFAULT_MTU = 247
const DEFAULT_IDENTITY = "c0ffee000001"

export class Phone extends DeviceClient<RequestTransport> {
  /** @param bond its identity, and the key that it has from an earlier pairing; a later pairing's is kept there */
  constructor(
    send: (request: GattRequest) => Promise<GattReply>,
    bond: PhoneBond = { identity: DEFAULT_IDENTITY },
  ) {
    super(new RequestTransport(send, bond))
  }

  /**
   * Connects, encrypted (it pairs when it has no keys that the device takes), and checks that the device has the whole profile; gives the MTU agreed on.
   * @throws Error when the device drops it: then its button has to be pressed
   */
  async connect(mtu = DEFAULT_MTU): Promise<number> {
    const agreed = await this.transport.connect(mtu)
    const found = await this.transport.discover()
    for (const { name, uuid } of Object.values(PROFILES)) {
      if (!found.includes(uuid))
        throw new Error(`phone: the device has no characteristic "${name}" (${uuid})`)
    }
    return agreed
  }

  async disconnect(): Promise<void> {
    await this.transport.disconnect()
  }

  /** The status in a notification; undefined when it is another characteristic's. */
  statusIn(notification: { characteristic: string; value: string }): Status | undefined {
    if (notification.characteristic !== PROFILES.status.uuid) return undefined
    return decode(STATUS, fromHex(notification.value))
  }

  /** The live measurement in a notification; undefined when it is another characteristic's. */
  liveIn(notification: { characteristic: string; value: string }): LiveReading | undefined {
    if (notification.characteristic !== PROFILES.live.uuid) return undefined
    return liveReading(fromHex(notification.value))
  }

  async newestRun(): Promise<RunSummary | undefined> {
    const value = await this.read("runSummary")
    return value.length === 0 ? undefined : decodeRunSummary(value)
  }

  async runs(): Promise<RunRecord[]> {
    const { runs } = await this.runList()
    const records: RunRecord[] = []
    for (const { runId } of runs) records.push(decodeRunRecord(await this.runRecord(runId)))
    return records
  }

  async runList(): Promise<Values<typeof RUN_LIST>> {
    return decode(RUN_LIST, await this.#record(RecordKind.list))
  }

  /** Byte for byte as the device has it. */
  runRecord(runId: number): Promise<Uint8Array> {
    return this.#record(RecordKind.run, runId)
  }

  /** Fetches the run, and tells the device that it is here whole. */
  async acknowledge(runId: number): Promise<void> {
    const crc = crc32(await this.runRecord(runId))
    await this.transport.write(PROFILES.recordAccess.uuid, encode(ACKNOWLEDGE_REQUEST, { runId, crc }))
    const { result } = decode(ACCESS_RESPONSE, await this.read("recordAccess"))
    if (result !== AccessResult.success)
      throw new Error(`phone: run ${runId} was not acknowledged, but answered with ${result}`)
  }

  async bends(): Promise<BendList> {
    return decodeBends(await this.#record(RecordKind.bends))
  }

  async sync(): Promise<Sync> {
    return {
      device: await this.deviceInformation(),
      status: await this.status(),
      identity: await this.identity(),
      runs: await this.runs(),
      ...(await this.bends()),
      summaryText: await this.summaryText(),
    }
  }

  /** A whole record, by reads alone. */
  async #record(kind: RecordKind, runId = 0): Promise<Uint8Array> {
    const part = new PartRecord(kind, runId)
    const end = await readRecord(this.transport, part)
    if (end !== "whole") throw new Error(`phone: record ${kind}/${runId} cannot be read: ${end}`)
    return part.bytes
  }
}
