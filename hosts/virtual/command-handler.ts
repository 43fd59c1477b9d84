/**
 * Carries out the simulator's commands (protocol.ts) on a virtual board: a frame in, a frame out. The firmware is handed in,
 * so that the board can be tried with another.
 */
import { newStorage, type StartDevice, VirtualBoard } from "./board"
import { setFault } from "./faults"
import type { ImuModel } from "./imu-model"
import { type BoardOptions, type Command, decodeFrame, encodeFrame, fromHex, type Reply } from "./protocol"

export type { StartDevice } from "./board"

export class CommandHandler {
  readonly #startDevice: StartDevice
  #board: VirtualBoard | undefined

  constructor(startDevice: StartDevice) {
    this.#startDevice = startDevice
  }

  /** @throws what the firmware throws, and Error for a command that the board cannot carry out. */
  handle(frame: Uint8Array): Uint8Array {
    const { head: command, body } = decodeFrame<Command>(frame)
    const reply: Reply = { nowMs: 0 }
    if (this.#isOff && command.op !== "reboot" && command.op !== "battery") {
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
    const { processor } = board
    reply.nowMs = processor.nowMs
    if (processor.startMs > 0) reply.startMs = processor.startMs
    if (processor.wakes > 0) reply.wakes = processor.wakes
    if (board.isAsleep) reply.asleep = true
    reply.operations = board.power.operations
    if (this.#isOff) this.#tellCut(reply, command)
    else {
      reply.rateHz = board.thigh.playRateHz
      if (reply.rateHz > 0) reply.cutoffsHz = board.thigh.cutoffsHz
      if (board.image) reply.firmware = { slot: board.slots.running, version: board.image.version }
      const nextSampleMs = (chip: ImuModel): number => chip.nextSampleMs - processor.startMs
      reply.nextSampleMs = nextSampleMs(board.thigh)
      if (board.shank)
        reply.shank = { rateHz: board.shank.playRateHz, nextSampleMs: nextSampleMs(board.shank) }
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
      case "fault":
        setFault(board, command.fault, command.on, command.forMs)
        break
      case "button":
        board.pressButton(command.pressed, command.bounces)
        break
      case "battery":
        board.changeBattery(command.mv, command.supply)
        break
      case "gatt":
        reply.gatt = board.processor.run(() => board.link.handle(command.request)) ?? {
          linkError: "not connected",
        }
        break
      case "console":
        if (command.listens !== undefined) board.console.listen(command.listens)
        if (command.input !== undefined) board.console.send(fromHex(command.input))
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
    this.#board?.close()
    if (this.#isOff) return
    this.#board = new VirtualBoard(options, newStorage(options, image.length > 0 ? image : undefined))
    this.#board.start(this.#startDevice)
  }

  /** The device is left as it is: it has no say in this. */
  #reboot(board: VirtualBoard, { kind, offMs }: Extract<Command, { op: "reboot" }>): void {
    this.#board = board.reboot(kind, offMs)
    this.#board.start(this.#startDevice)
  }

  /** Chips are off, and the phone has lost the link. */
  #tellCut(reply: Reply, { op }: Command): void {
    reply.powerCut = true
    reply.rateHz = 0
    if (op === "gatt") reply.gatt = { linkError: "not connected" }
  }
}
