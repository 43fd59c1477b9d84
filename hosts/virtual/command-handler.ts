/**
 * Carries out the simulator's commands (protocol.ts) on a virtual board: a frame in, a frame out. The firmware is handed in,
 * so that the board can be tried with another.
 */
import type { Board } from "../../src/board"
import { newStorage, VirtualBoard } from "./board"
import { type BoardOptions, type Command, decodeFrame, encodeFrame, type Reply } from "./protocol"

export type StartDevice = (board: Board) => { close(): void }

export class CommandHandler {
  readonly #startDevice: StartDevice
  #board: VirtualBoard | undefined
  #device: { close(): void } | undefined

  constructor(startDevice: StartDevice) {
    this.#startDevice = startDevice
  }

  /** @throws what the firmware throws, and Error for a command that the board cannot carry out. */
  handle(frame: Uint8Array): Uint8Array {
    const { head: command, body } = decodeFrame<Command>(frame)
    const reply: Reply = { nowMs: 0 }
    if (this.#isOff && command.op !== "reboot") {
      throw new Error(`virtual board: "${command.op}" while power is off; only "reboot" turns it on`)
    }
    if (command.op === "reboot" && command.cut) this.#board?.power.cutAt(command.cut)
    try {
      this.#carryOut(command, body, reply)
    } catch (error) {
      // What a firmware without power throws reaches nobody.
      if (!this.#isOff) throw error
    }
    const board = this.#board as VirtualBoard
    reply.nowMs = board.clock.nowMs
    reply.operations = board.power.operations
    if (this.#isOff) this.#tellCut(reply, command)
    else {
      reply.rateHz = board.thigh.rateHz
      reply.nextSampleMs = board.thigh.nextSampleMs
      if (board.shank) reply.shank = { rateHz: board.shank.rateHz, nextSampleMs: board.shank.nextSampleMs }
    }
    const { connection } = board.link
    if (connection !== undefined) reply.connection = connection
    const rows = board.moveInto(reply)
    return encodeFrame(reply, command.op === "flash" ? board.flash.bytes : rows)
  }

  get #isOff(): boolean {
    return this.#board?.power.isOn === false
  }

  #carryOut(command: Command, body: Uint8Array, reply: Reply): void {
    if (command.op === "boot") {
      this.#boot(command.options, body)
      return
    }
    const board = this.#board
    if (!board) throw new Error(`virtual board: "${command.op}" before "boot"`)
    switch (command.op) {
      case "reboot":
        this.#reboot(board, command)
        break
      case "play":
        board.play(body, command.shankBytes)
        break
      case "advance":
        board.advance(command.ms)
        break
      case "silence":
        board.silence(command.ms)
        break
      case "shankWires":
        board.connectShank(command.connected)
        break
      case "button":
        board.pressButton(command.pressed, command.bounces)
        break
      case "gatt":
        reply.gatt = board.link.handle(command.request)
        break
      case "storage":
        reply.keyValue = board.keyValue.image()
        break
      case "flash":
        reply.erases = Array.from(board.flash.erases)
        break
      case "flashFault":
        board.flash.setFault(command.block, command.fault, command.stuck)
        break
      case "cutAt":
        board.power.cutAt(command.cut)
        break
    }
  }

  /** A board that runs already is shut down: in that, too, power may be cut. */
  #boot(options: BoardOptions, image: Uint8Array): void {
    this.#device?.close()
    if (this.#isOff) return
    this.#device = undefined
    this.#board = new VirtualBoard(options, newStorage(options, image.length > 0 ? image : undefined))
    this.#device = this.#startDevice(this.#board.board)
  }

  /** The device is left as it is: it has no say in this. */
  #reboot(board: VirtualBoard, { kind, offMs }: Extract<Command, { op: "reboot" }>): void {
    this.#device = undefined
    this.#board = board.reboot(kind, offMs)
    this.#device = this.#startDevice(this.#board.board)
  }

  /** Chips are off, and the phone has lost the link. */
  #tellCut(reply: Reply, { op }: Command): void {
    reply.powerCut = true
    reply.rateHz = 0
    if (op === "gatt") reply.gatt = { linkError: "not connected" }
  }
}
