/** Carries out operations on a board and judges after each: what was answered, who is let in, what is stored, and that the device told of no fault. */
import {
  type BoardEvent,
  type GattReply,
  type GattRequest,
  type StackBond,
  toHex,
} from "../../hosts/virtual/protocol"
import { DeviceEvent } from "../../src/main"
import { SETTINGS, SettingsStore } from "../../src/storage/settings"
import { ASKED, type Asked } from "./characteristics"
import type { FuzzedBoard } from "./fuzzed-board"
import { LinkJudge } from "./link-judge"
import { type KeyChoice, type Operation, operationWords, PHONES } from "./operation"
import { RecordJudge } from "./record-judge"
import { leaveOf } from "./record-leave"
import { judgeNotification, judgeReply, type Request } from "./reply-judge"
import { bytesOf } from "./written-value"
import { insist } from "./wrong"

const KEY_OF_NOBODY = "0f".repeat(16)
/** Time passes in these. */
const TAKING_TIME: readonly Operation["what"][] = ["press", "wait", "move"]

export class Player {
  readonly board: FuzzedBoard
  /** What it does now. */
  doing: Operation | undefined
  readonly records = new RecordJudge()
  readonly #links = new LinkJudge()
  readonly #parts: readonly Uint8Array[]
  #connection = 0
  #operations = 0
  /** Whose link the operation encrypted. */
  #encryptedBy: StackBond | undefined
  #written: { asked: Asked; value: Uint8Array } | undefined

  private constructor(board: FuzzedBoard, parts: readonly Uint8Array[]) {
    this.board = board
    this.#parts = parts
  }

  /** @param parts ten seconds of motion each */
  static async on(board: FuzzedBoard, parts: readonly Uint8Array[]): Promise<Player> {
    const player = new Player(board, parts)
    const look = await board.look()
    player.#operations = board.operations
    player.records.booted(look.flash)
    player.#links.booted(look)
    return player
  }

  /** The usual phone's keys are good for nothing any more. */
  get isUsualPhoneOut(): boolean {
    return !this.#links.isLetIn(PHONES[0] as string)
  }

  /** @throws Wrong, and what the firmware throws */
  async play(operations: readonly Operation[]): Promise<void> {
    for (const operation of operations) await this.do(operation)
    await this.tidy()
  }

  /** As `play`, and tells each operation before it is carried out. */
  async replay(operations: readonly Operation[], tell: (line: string) => void): Promise<void> {
    for (const operation of operations) {
      tell(operationWords(operation, this.records.records))
      await this.do(operation)
    }
    await this.tidy()
  }

  /** Nobody is connected. */
  async tidy(): Promise<void> {
    if (this.board.connection !== undefined) await this.do({ what: "disconnect" })
  }

  async do(operation: Operation): Promise<void> {
    const { board } = this
    this.doing = operation
    const wasTrusted = this.#links.isTrusted
    const before = board.operations
    this.#encryptedBy = undefined
    this.#written = undefined
    const reply = await this.#carryOut(operation)
    const { events, notifications } = board.told()
    for (const { name, detail } of events) insist(name !== DeviceEvent.fault, `fault: ${detail}`)
    if (board.operations !== this.#operations) await this.#judgeStored(operation, events)
    if (board.operations !== before)
      insist(
        operation.what !== "read" && operation.what !== "discover" && reply?.error === undefined,
        `${operation.what}: it changed what is stored`,
      )
    this.#links.judgeLink(board.connection !== undefined)
    for (const notification of notifications)
      judgeNotification(notification, wasTrusted || this.#links.isTrusted)
  }

  async #judgeStored({ what }: Operation, events: readonly BoardEvent[]): Promise<void> {
    const { board } = this
    // The wearer said yes to it.
    const isForgotten = events.some(({ name }) => name === DeviceEvent.forgotten)
    const look = await board.look()
    this.#operations = board.operations
    this.#links.judgeList(look, this.#encryptedBy, isForgotten, board.nowMs)
    const written = this.#written
    const leave = written ? leaveOf(written.asked, written.value, this.records.records) : {}
    const mayAdd = TAKING_TIME.includes(what) || written?.asked.name === "command"
    this.records.judge(look.flash, { mayAdd, isErased: isForgotten, ...leave })
    const { values, note } = new SettingsStore(look.keyValue)
    insist(note === undefined, `settings: ${note}`)
    for (const { name, min, max } of SETTINGS)
      insist(values[name] >= min && values[name] <= max, `setting ${name} is ${values[name]}`)
  }

  async #carryOut(operation: Operation): Promise<GattReply | undefined> {
    const { board } = this
    switch (operation.what) {
      case "wait":
        await board.advance(operation.ms)
        return undefined
      case "press":
        await board.pressButton(true)
        await board.advance(operation.heldMs)
        await board.pressButton(false)
        await board.advance(operation.pauseMs)
        this.#links.pressed(board.nowMs)
        return undefined
      case "move":
        await board.play(this.#parts[operation.part % this.#parts.length] as Uint8Array)
        return undefined
      case "connect":
        return this.#connect(operation)
      case "arrive":
        return this.#arrive(operation)
      case "pair":
        return this.#pair(PHONES[operation.phone] as string)
      case "encrypt":
        return this.#encrypt(PHONES[operation.phone] as string, operation.key)
      case "disconnect":
      case "drop":
      case "discover":
        return board.gatt({ op: operation.what, connection: this.#connection })
      default:
        return this.#ask(operation)
    }
  }

  async #connect({ phone, mtu }: { phone: number; mtu: number }): Promise<GattReply> {
    const reply = await this.board.gatt({ op: "connect", mtu, identity: PHONES[phone] as string })
    if (reply.connection !== undefined) this.#connection = reply.connection
    return reply
  }

  async #arrive(operation: Extract<Operation, { what: "arrive" }>): Promise<GattReply> {
    const { board } = this
    if (board.connection !== undefined) {
      await board.gatt({ op: "drop", connection: this.#connection })
      this.#links.disconnected()
    }
    const { linkError } = await this.#connect(operation)
    insist(linkError === undefined, `nobody can connect: ${linkError}`)
    const reply = await this.#encrypt(PHONES[operation.phone] as string, "newest")
    if (operation.listens && this.#encryptedBy)
      for (const { uuid, profile } of ASKED)
        if (profile?.notify)
          await board.gatt({ op: "subscribe", connection: this.#connection, characteristic: uuid })
    return reply
  }

  async #ask(operation: Extract<Operation, { asked: number }>): Promise<GattReply> {
    const { board } = this
    const asked = ASKED[operation.asked] as Asked
    const value = operation.what === "write" ? bytesOf(operation.value, this.records.records) : undefined
    const isUp = board.connection !== undefined && operation.link === "this"
    const request: GattRequest = {
      op: operation.what,
      connection: operation.link === "this" ? this.#connection : this.#connection + 1,
      characteristic: asked.uuid,
      ...(value && { value: toHex(value) }),
    }
    if (value) this.#written = { asked, value }
    const isTrusted = this.#links.isTrusted
    const reply = await board.gatt(request)
    if (isUp) judgeReply(operation.what as Request, asked, reply, isTrusted, value)
    insist(
      isUp || reply.linkError === "not connected",
      `${operation.what} without a link: ${JSON.stringify(reply)}`,
    )
    return reply
  }

  async #pair(identity: string): Promise<GattReply> {
    const reply = await this.board.gatt({ op: "pair", connection: this.#connection, identity })
    if (reply.key === undefined) return reply
    this.#links.paired({ identity, key: reply.key })
    return this.#nowEncrypted({ identity, key: reply.key }, reply)
  }

  async #encrypt(identity: string, choice: KeyChoice): Promise<GattReply> {
    const key = this.#keyOf(identity, choice)
    const isUp = this.board.connection !== undefined
    const reply = await this.board.gatt({ op: "encrypt", connection: this.#connection, identity, key })
    if (isUp && reply.linkError !== undefined) this.#links.judgeRefusal({ identity, key })
    return this.#nowEncrypted({ identity, key }, reply)
  }

  #nowEncrypted(bond: StackBond, reply: GattReply): GattReply {
    if (reply.linkError !== undefined) return reply
    this.#encryptedBy = bond
    this.#links.encrypted(bond)
    return reply
  }

  #keyOf(identity: string, choice: KeyChoice): string {
    const links = this.#links
    const others = PHONES.filter((other) => other !== identity).flatMap((other) => links.keysOf(other))
    const keys = {
      newest: links.keysOf(identity)[0],
      older: links.keysOf(identity)[1],
      "another's": others[0],
    }
    return (choice === "none" ? undefined : keys[choice]) ?? KEY_OF_NOBODY
  }
}
