/**
 * Carries out the simulator's commands (protocol.ts) on a virtual board: a frame in, a frame out. The firmware is handed in,
 * so that the board can be tried with another.
 */
import type { Board } from "../../src/board"
import { VirtualBoard } from "./board"
import { type Command, decodeFrame, encodeFrame, type Reply } from "./protocol"

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
    if (command.op === "boot") this.#boot(command)
    const board = this.#board
    if (!board) throw new Error(`virtual board: "${command.op}" before "boot"`)
    switch (command.op) {
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
      case "gatt":
        reply.gatt = board.link.handle(command.request)
        break
      case "storage":
        reply.keyValue = board.keyValue.image()
        break
    }
    reply.nowMs = board.clock.nowMs
    reply.rateHz = board.thigh.rateHz
    reply.nextSampleMs = board.thigh.nextSampleMs
    if (board.shank) reply.shank = { rateHz: board.shank.rateHz, nextSampleMs: board.shank.nextSampleMs }
    const rows = board.moveInto(reply)
    return encodeFrame(reply, rows)
  }

  /** A board that runs already loses its power. */
  #boot({ options }: Extract<Command, { op: "boot" }>): void {
    this.#device?.close()
    this.#board = new VirtualBoard(options)
    this.#device = this.#startDevice(this.#board.board)
  }
}
