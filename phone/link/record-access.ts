/** The phone's end of record access (src/ble/record-layouts.ts): requests, the responses to them, and the chunks of a transfer. */
import { decode, encode, type Layout, rowBytes, type Values } from "../../src/ble/fields"
import { PATELLA } from "../../src/ble/profile"
import {
  ABORT_REQUEST,
  ACCESS_RESPONSE,
  ACKNOWLEDGE_REQUEST,
  AccessRequest,
  type AccessResult,
  type Operator,
  SELECTION_REQUEST,
} from "../../src/ble/record-layouts"
import type { GattTransport } from "./gatt-transport"
import { type InboxNote, NotificationInbox, type Wait } from "./notification-inbox"

const ACCESS = PATELLA.characteristics.recordAccess.uuid
const RECORDS = PATELLA.characteristics.records.uuid
/** A device answers at once; a link that has lost packets sends them again for some connection intervals. */
const RESPONSE_LIMIT_MS = 3000
const TRANSFERS = 0xff
const TRIES = 3

export type AccessResponse = Values<typeof ACCESS_RESPONSE>

/** How records come. */
export type SyncWay = "notifications" | "reads"

export class RecordAccess {
  /** Notifications, while they come. */
  way: SyncWay
  readonly transport: GattTransport
  readonly #inbox: NotificationInbox
  #ends: (() => Promise<void>)[] = []
  #transfer = 0

  constructor(transport: GattTransport, wait: Wait, way: SyncWay) {
    this.transport = transport
    this.way = way
    this.#inbox = new NotificationInbox(wait)
    transport.onDisconnect(() => this.#inbox.wake())
  }

  /** Subscribes; a device that refuses is read. */
  async open(): Promise<void> {
    if (this.way === "reads") return
    try {
      for (const uuid of [ACCESS, RECORDS])
        this.#ends.push(await this.transport.subscribe(uuid, (value) => this.#inbox.add(uuid, value)))
    } catch (error) {
      this.#checkLink(error)
      this.way = "reads"
    }
  }

  async close(): Promise<void> {
    for (const end of this.#ends) if (this.transport.connected) await end()
    this.#ends = []
  }

  /** Whoever waits for a notification goes on without. */
  wake(): void {
    this.#inbox.wake()
  }

  /** A number for the next transfer, by which its chunks are told from the last one's. */
  nextTransfer(): number {
    this.#transfer = (this.#transfer % TRANSFERS) + 1
    return this.#transfer
  }

  /** Writes a request; what came before it is of no interest any more when it begins something. */
  async request<L extends Layout>(layout: L, values: Values<L>, begins: boolean): Promise<void> {
    if (begins) this.#inbox.clear()
    await this.transport.write(ACCESS, encode(layout, values as Parameters<typeof encode<L>>[1]))
  }

  /** The next notification of either kind; undefined when none comes in time. @throws Error when the link is lost */
  async next(limitMs: number): Promise<{ response: AccessResponse } | { chunk: Uint8Array } | undefined> {
    const note = await this.#inbox.next(limitMs)
    if (!note) this.#checkLink(new Error("phone: the link was lost"))
    return note && told(note)
  }

  /** @returns what the device made of it. @throws Error when it does not answer */
  async acknowledge(runId: number, crc: number): Promise<AccessResult> {
    for (let tries = TRIES; tries > 0; tries--) {
      await this.request(ACKNOWLEDGE_REQUEST, { runId, crc }, true)
      const response = await this.#response(AccessRequest.acknowledge, runId)
      if (response) return response.result as AccessResult
    }
    throw unanswered(AccessRequest.acknowledge)
  }

  /** Counts runs, or deletes those of them that a phone has acknowledged. */
  async select(
    what: "count" | "delete",
    operator: Operator,
    firstRun = 0,
    lastRun = 0,
  ): Promise<AccessResponse> {
    const request = AccessRequest[what]
    await this.request(SELECTION_REQUEST, { request, operator, firstRun, lastRun }, true)
    const response = await this.#response(request)
    if (!response) throw unanswered(request)
    return response
  }

  async abort(): Promise<void> {
    await this.request(ABORT_REQUEST, {}, true)
  }

  /** The last response, by a read. */
  async lastResponse(): Promise<AccessResponse> {
    return decode(ACCESS_RESPONSE, await this.transport.read(ACCESS))
  }

  /** @returns undefined when something else was the last that the device had to say */
  async #response(request: number, number?: number): Promise<AccessResponse | undefined> {
    const isIt = (response: AccessResponse) =>
      response.request === request && (number === undefined || response.number === number)
    while (this.way === "notifications") {
      const note = await this.next(RESPONSE_LIMIT_MS)
      if (!note) break
      if ("response" in note && isIt(note.response)) return note.response
    }
    const response = await this.lastResponse()
    return isIt(response) ? response : undefined
  }

  #checkLink(error: unknown): void {
    if (!this.transport.connected) throw error
  }
}

function unanswered(request: number): Error {
  return new Error(`phone: request 0x${request.toString(16)} was not answered`)
}

function told({ uuid, value }: InboxNote): { response: AccessResponse } | { chunk: Uint8Array } {
  return uuid === ACCESS && value.length === rowBytes(ACCESS_RESPONSE.head)
    ? { response: decode(ACCESS_RESPONSE, value) }
    : { chunk: value }
}
