/** A device in an engine that feeds itself with made-up strides: runs of some minutes, one after the other, other ones in each boot. */
import { Chance } from "../../hosts/virtual/chance"
import { CommandHandler } from "../../hosts/virtual/command-handler"
import type { Board } from "../../src/board"
import { Activity, createStride } from "../../src/motion/stride"
import { StrideFed } from "./stride-fed"

const PERIOD_MS = 700
/** In periods: longer than a run's usual pause limit, and shorter than a bout's. */
const LONG_PAUSE = 180
const SHORT_PAUSE = 8

class SelfFed {
  readonly #device: StrideFed
  readonly #board: Board
  readonly #chance: Chance
  readonly #stride = createStride()
  #strides = 0
  #pause = SHORT_PAUSE

  constructor(board: Board) {
    this.#board = board
    this.#device = new StrideFed(board)
    this.#chance = new Chance(this.#device.bootId)
    board.timer.repeat(() => this.#beat(), PERIOD_MS)
  }

  close(): void {
    this.#device.close()
  }

  #beat(): void {
    const chance = this.#chance
    if (this.#strides === 0) {
      if (--this.#pause > 0) return
      this.#strides = 30 + chance.below(200)
      this.#pause = chance.coin() ? SHORT_PAUSE : LONG_PAUSE
    }
    this.#strides--
    const stride = this.#stride
    stride.gait = Activity.run
    stride.contactMs = this.#board.time.ticks - PERIOD_MS
    stride.contactTimeMs = 200 + chance.below(150)
    stride.toeOffMs = stride.contactMs + stride.contactTimeMs
    stride.periodMs = PERIOD_MS
    stride.peakFlexionCdeg = 2500 + chance.below(3000)
    stride.msPastThreshold = chance.below(250)
    stride.cdegMsPastThreshold = chance.below(400_000)
    stride.milliLoad = 300 + chance.below(1700)
    stride.milliLoadPeakWeighted = 300 + chance.below(4000)
    this.#device.stride(stride)
  }
}

const handler = new CommandHandler((board) => new SelfFed(board))
;(globalThis as { handleCommand?: (request: ArrayBuffer) => ArrayBuffer }).handleCommand = (request) =>
  handler.handle(new Uint8Array(request)).buffer as ArrayBuffer
