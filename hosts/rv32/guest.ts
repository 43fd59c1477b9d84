/**
 * The bundle that the core runs, first where it becomes flash. There it leaves functions for its two clones, the board's machine and the
 * firmware's, that the core hands their commands to (main.c). What a clone keeps is in its own global object.
 */
import type { Board } from "../../src/board"
import { startDevice } from "../../src/main"
import { CommandHandler } from "../virtual/command-handler"
import { BoardAnswers } from "./board-answers"
import { Callbacks, ONE_SENSOR_BOARD, TWO_SENSOR_BOARD } from "./bridged-board"
import { answerGatt } from "./bridged-gatt"
import { BoardCall, FirmwareCall, FirmwareCommand, FlashTraffic, type Value } from "./calls"
import { MotionBench } from "./motion-bench"
import { OrientationBench } from "./orientation-bench"
import { probeProfiler } from "./profile-probe"
import { seal } from "./seal"
import { StorageBench } from "./storage-bench"

interface Machine {
  handleBoard(request: ArrayBuffer): ArrayBuffer
  handleFirmware(request: ArrayBuffer): ArrayBuffer | undefined
  answerFirmware?(call: number, a?: Value, b?: Value, c?: Value): Value
  answerBoard?(call: number, a?: Value, b?: Value): Value
  board?: CommandHandler
  callbacks?: Callbacks
  device?: { close(): void }
  motion?: MotionBench
  storage?: StorageBench
  orientation?: OrientationBench
  TextEncoder: unknown
  TextDecoder: unknown
}

function machine(): Machine {
  return globalThis as unknown as Machine
}

/** Commands are the simulator's (hosts/virtual/protocol.ts). */
function handleBoard(request: ArrayBuffer): ArrayBuffer {
  const board = machine()
  board.board ??= new CommandHandler((virtual, io) => {
    const answers = new BoardAnswers(virtual, io)
    board.answerFirmware = (call, a, b, c) => answers.answer(call, a, b, c)
    askFirmware(FirmwareCall.start, virtual.shank !== undefined)
    return { close: () => void askFirmware(FirmwareCall.stop) }
  })
  return board.board.handle(new Uint8Array(request)).buffer as ArrayBuffer
}

/** @returns what the command gives, where it gives something */
function handleFirmware(request: ArrayBuffer): ArrayBuffer | undefined {
  const [command] = new Uint8Array(request)
  const firmware = machine()
  if (command === FirmwareCommand.prepareBoard) prepareBoard(firmware)
  if (command === FirmwareCommand.prepareMotion) firmware.motion = new MotionBench()
  if (command === FirmwareCommand.playMotion) firmware.motion?.play()
  if (command === FirmwareCommand.probeProfiler) probeProfiler()
  if (command === FirmwareCommand.prepareStorage) prepareStorage(firmware)
  if (command === FirmwareCommand.keepStates) firmware.storage?.keepStates()
  if (command === FirmwareCommand.addRuns) firmware.storage?.addRuns()
  if (command === FirmwareCommand.flashTraffic) return flashTraffic()
  if (command !== FirmwareCommand.orientate) return
  firmware.orientation ??= new OrientationBench()
  return firmware.orientation.play()
}

function prepareBoard(firmware: Machine): void {
  firmware.callbacks = new Callbacks()
  firmware.answerBoard = answerBoard
}

/** The board's boot starts the bench then, in place of a device. */
function prepareStorage(firmware: Machine): void {
  prepareBoard(firmware)
  firmware.storage = new StorageBench()
}

function flashTraffic(): ArrayBuffer {
  const traffic = new Uint8Array(Object.keys(FlashTraffic).length * Int32Array.BYTES_PER_ELEMENT)
  askBoard(BoardCall.flashTraffic, traffic)
  return traffic.buffer
}

function answerBoard(call: number, a?: Value, b?: Value): Value {
  const firmware = machine()
  if (call === FirmwareCall.timer || call === FirmwareCall.digital) callbacks.call(a as number)
  else if (call === FirmwareCall.start) start(firmware, a ? TWO_SENSOR_BOARD : ONE_SENSOR_BOARD)
  else if (call === FirmwareCall.stop) firmware.device?.close()
  else return answerGatt(call, a, b)
  return 0
}

function start(firmware: Machine, board: Board): void {
  if (firmware.storage) firmware.storage.mount(board)
  else firmware.device = startDevice(board)
}

class Utf8Encoder {
  encode(text: string): Uint8Array {
    return new Uint8Array(encodeUtf8(text))
  }
}
class Utf8Decoder {
  decode(bytes: ArrayBuffer | Uint8Array): string {
    return decodeUtf8(bytes)
  }
}

Object.assign(machine(), { handleBoard, handleFirmware, TextEncoder: Utf8Encoder, TextDecoder: Utf8Decoder })
seal()
