/** The whole firmware on a virtual board that sleeps and wakes, with a phone that it knows, and what it told. */
import { VirtualBoard } from "../../hosts/virtual/board"
import { type BoardEvent, type BoardOptions, wordPairs } from "../../hosts/virtual/protocol"
import { KNOWN_PHONE, knowing } from "../../simulator/phone/known-phone"
import { Phone } from "../../simulator/phone/phone"
import type { Recording } from "../../simulator/recording/recording"
import type { Board } from "../../src/board"
import { startDevice } from "../../src/main"
import { slices, toldBy } from "./wear"

export class Sleeper {
  readonly virtual: VirtualBoard
  readonly phone: Phone
  readonly events: BoardEvent[] = []
  /** The thigh's sensor cannot be told to watch: it has come off. */
  cannotWatch = false

  /** @param of what the firmware gets of the board */
  constructor(options: BoardOptions = {}, of: (board: Board) => Board = (board) => board) {
    this.virtual = new VirtualBoard(knowing(options))
    this.phone = new Phone(async (request) => this.virtual.link.handle(request), KNOWN_PHONE)
    this.virtual.start((board) => startDevice(of({ ...board, thigh: this.#watched(board.thigh) })))
  }

  get isAsleep(): boolean {
    return this.virtual.isAsleep
  }
  get wakes(): number {
    return this.virtual.processor.wakes
  }
  /** What was told, by its name. */
  eventsNamed(name: string): BoardEvent[] {
    return this.events.filter((event) => event.name === name)
  }

  advance(ms: number): void {
    this.virtual.advance(ms)
    this.#take()
  }
  minutes(count: number): void {
    this.advance(count * 60_000)
  }
  play(recording: Recording, fromS: number, toS: number): void {
    const { playRateHz, cutoffsHz } = this.virtual.thigh
    for (const slice of slices(recording, fromS, toS, playRateHz, cutoffsHz))
      this.virtual.play(wordPairs(slice))
    this.#take()
  }

  #take(): void {
    this.events.push(...(toldBy(this.virtual).events ?? []))
  }

  #watched(part: Board["thigh"]): Board["thigh"] {
    return {
      ...part,
      open: (use) => {
        const imu = part.open(use)
        const watchMotion = imu.watchMotion.bind(imu)
        return Object.assign(imu, {
          watchMotion: () => {
            if (this.cannotWatch) this.virtual.thigh.faults.absent = true
            watchMotion()
          },
        })
      },
    }
  }
}
