/**
 * A phone's Bluetooth stack, without D-Bus: one link to the device over the virtual air (hosts/virtual/protocol.ts), the phone's identity and
 * the key it keeps of a pairing. It pairs when it is told to, or by itself at the first refusal, as phones do.
 */
import type { GattReply, GattRequest } from "../../hosts/virtual/protocol"

export type Send = (request: GattRequest) => Promise<GattReply>

/** What a stack answers when there is no ATT answer: the link is gone, or there is none. */
export class LinkError extends Error {
  override readonly name = "LinkError"
}
/** The device refused, by an ATT error code. */
export class AttRefusal extends Error {
  override readonly name = "AttRefusal"
  readonly code: number

  constructor(what: string, code: number) {
    super(`${what}: ATT error ${code}`)
    this.code = code
  }
}

export interface CentralListener {
  /** The link is gone, whoever ended it. */
  disconnected?(): void
  /** There is a bond, or none any more. */
  bonded?(bonded: boolean): void
}

export interface CentralOptions {
  /** ATT MTU to ask for. */
  mtu: number
  /** Identity address, 12 hex digits: what a bond belongs to. */
  identity: string
  /** Pairs when a request is refused on an unencrypted link; otherwise only when told to. */
  pairsWhenRefused: boolean
  listener?: CentralListener
}

const INSUFFICIENT_AUTHENTICATION = 0x05
const INSUFFICIENT_ENCRYPTION = 0x0f
const DEFAULT_MTU = 23

type Operation = Pick<GattRequest, "op" | "characteristic" | "value">

export class Central {
  readonly #send: Send
  readonly #options: CentralOptions
  #connection: number | undefined
  #key: string | undefined
  #encrypted = false
  #pairing: Promise<void> | undefined
  #mtu = DEFAULT_MTU

  constructor(send: Send, options: CentralOptions) {
    this.#send = send
    this.#options = options
  }

  get connected(): boolean {
    return this.#connection !== undefined
  }
  get bonded(): boolean {
    return this.#key !== undefined
  }
  /** ATT MTU agreed on. */
  get mtu(): number {
    return this.#mtu
  }

  /** With a bond, the link is encrypted. @throws LinkError */
  async connect(): Promise<void> {
    const { mtu, identity } = this.#options
    const reply = await this.#send({ op: "connect", mtu, identity })
    if (reply.linkError !== undefined) throw new LinkError(reply.linkError)
    this.#connection = reply.connection
    this.#mtu = reply.mtu ?? DEFAULT_MTU
    this.#encrypted = false
    if (this.#key !== undefined) await this.#encrypt(this.#key)
  }

  /** The device may have forgotten the bond; then the key is worth nothing, and the link stays as it is. */
  async #encrypt(key: string): Promise<void> {
    const { identity } = this.#options
    const reply = await this.#requestOnce({ op: "encrypt", identity, key })
    if (reply.linkError === undefined) this.#encrypted = true
    else if (reply.linkError === "key missing") this.forget()
  }

  /** Just Works pairing with bonding. The key stays, as a phone has it, also when the device drops the link over it. @throws LinkError */
  pair(): Promise<void> {
    this.#pairing ??= this.#pairNow().finally(() => {
      this.#pairing = undefined
    })
    return this.#pairing
  }

  async #pairNow(): Promise<void> {
    const { identity, listener } = this.#options
    const reply = await this.#requestOnce({ op: "pair", identity })
    if (reply.key === undefined) throw new LinkError(reply.linkError ?? "not paired")
    this.#key = reply.key
    this.#encrypted = this.connected
    listener?.bonded?.(true)
  }

  /** The phone's side of the bond is gone; the device's stays. */
  forget(): void {
    if (this.#key === undefined) return
    this.#key = undefined
    this.#options.listener?.bonded?.(false)
  }

  disconnect(): Promise<void> {
    return this.#end("disconnect")
  }

  /** The link is lost without a word from either side. */
  drop(): Promise<void> {
    return this.#end("drop")
  }

  async #end(op: "disconnect" | "drop"): Promise<void> {
    const connection = this.#connection
    if (connection === undefined) return
    this.#unlink()
    await this.#send({ op, connection })
    this.#tellLoss()
  }

  /** @throws AttRefusal, LinkError */
  async request(operation: Operation): Promise<GattReply> {
    let reply = await this.#requestOnce(operation)
    const wantsBond = reply.error === INSUFFICIENT_AUTHENTICATION || reply.error === INSUFFICIENT_ENCRYPTION
    if (wantsBond && this.#options.pairsWhenRefused && !this.#encrypted) {
      await this.pair()
      reply = await this.#requestOnce(operation)
    }
    if (reply.linkError !== undefined) throw new LinkError(reply.linkError)
    if (reply.error !== undefined) throw new AttRefusal(operation.op, reply.error)
    return reply
  }

  /** The device has this connection up, or none: so a link that it dropped is noticed without a request. */
  saw(connection: number | undefined): void {
    if (this.#connection !== undefined && connection !== this.#connection) this.#lost()
  }

  async #requestOnce(request: GattRequest): Promise<GattReply> {
    const connection = this.#connection
    if (connection === undefined) throw new LinkError("not connected")
    const reply = await this.#send({ ...request, connection })
    if (reply.linkError === "not connected" && this.#connection === connection) this.#lost()
    return reply
  }

  #lost(): void {
    this.#unlink()
    this.#tellLoss()
  }

  /** Whoever waits for an answer gets it before, as from a stack that ends what is pending. */
  #tellLoss(): void {
    setImmediate(() => this.#options.listener?.disconnected?.())
  }

  #unlink(): void {
    this.#connection = undefined
    this.#encrypted = false
  }
}
