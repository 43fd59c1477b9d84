/**
 * What the whole firmware costs on the RV32 core, the virtual board beside it: a FIFO batch, the clock's tick, a GATT read; and its memory
 * after boot, calibrated, after minutes of running, when a phone has read everything, and in a readiness test.
 */
import { FirmwareCall, FirmwareCommand } from "../../hosts/rv32/calls"
import { SERVICES } from "../../src/ble/profile"
import { READINESS_ID } from "../../src/coach/routine"
import { BoardLink } from "../board-link"
import { Phone } from "../phone/phone"
import type { BenchMotion } from "./bench-motion"
import { type Cost, costOf } from "./lap-statistics"
import { type Lap, Order, Rv32Core } from "./rv32-core"

/** More than the firmware may need (budgets.ts), so that too much is measured and not died of. */
const ARENA_BYTES = 192 << 10
export const SLOT_BYTES = 16
/** What phones ask for. */
const MTU = 247
const BOOT_STEP_MS = 100
const BOOT_LIMIT_MS = 10_000
/** Longer than the pause that a run may have. */
const RUN_CLOSED_MS = 140_000
const MS_PER_S = 1000
const MS_PER_MIN = 60_000
const MIN_PER_HOUR = 60
const TENTHS = 10

export interface Memory {
  /** In use after a collection. */
  slots: number
  chunkBytes: number
  /** Slots of the stack that were ever used. */
  stackSlots: number
  /** All three. */
  totalBytes: number
  /** The same with the most slots and chunks that there ever were, garbage included. */
  peakBytes: number
  /** What XS has taken for all of it by now: the whole stack, slots and chunks in the steps that they grow by. */
  reservedBytes: number
  /** Keys, names, symbols and aliases, which are beside the heap. */
  tableBytes: number
}

export interface FirmwareCost {
  /** While running, no phone. */
  fifoBatch: Cost
  fifoBatchSamples: number
  tick: Cost
  /** A notification of the live measurement, with all that a listener costs since the last: the mean over a stretch of running. */
  liveNotification: number
  /** A read of each characteristic, instructions. */
  gattReads: Record<string, number>
  /** All of the firmware's work in a second of running. */
  instructionsPerSecond: number
  /** By moment: start, calibrated, min10 …, phone, routine. */
  memory: Record<string, Memory>
  gcPerHour: number
  /** Garbage made while running. The bench itself collects at each mark, which puts the next collection off: this one does not hide. */
  bytesTakenPerHour: number
  /** Since the moment before, for each of the minutes. */
  stretches: Stretch[]
}

/** Running on, up to a minute. */
export interface Stretch {
  minute: number
  fifoBatch: Cost
  memory: Memory
  garbageCollections: number
}

/**
 * @param minutes of running at which the memory is measured, rising; after the last the run is closed and a phone comes
 * @param tell progress, a line each
 */
export async function measureFirmware(
  bundle: string,
  motion: BenchMotion,
  minutes: readonly number[],
  tell: (line: string) => void,
): Promise<FirmwareCost> {
  const core = new Rv32Core()
  try {
    await core.load(bundle, ARENA_BYTES)
    await core.order(Order.firmware, Uint8Array.of(FirmwareCommand.prepareBoard))
    return await new FirmwareRun(core, motion).measure(minutes, tell)
  } finally {
    await core.close()
  }
}

class FirmwareRun {
  readonly #core: Rv32Core
  readonly #motion: BenchMotion
  readonly #link: BoardLink
  readonly #phone: Phone
  readonly #memory: Record<string, Memory> = {}
  /** Collections that the bench asked for. */
  #asked = 0
  #notifications = 0

  constructor(core: Rv32Core, motion: BenchMotion) {
    this.#core = core
    this.#motion = motion
    this.#link = new BoardLink(
      { command: (frame) => core.order(Order.board, frame) },
      { notification: () => void this.#notifications++ },
    )
    this.#phone = new Phone((request) => this.#link.gatt(request))
  }

  async measure(minutes: readonly number[], tell: (line: string) => void): Promise<FirmwareCost> {
    await this.#boot()
    await this.#mark("start")
    for (const slice of this.#motion.before) await this.#link.play(slice)
    await this.#mark("calibrated")
    await this.#core.laps()
    const startMs = this.#link.nowMs
    const laps: Lap[] = []
    const stretches: Stretch[] = []
    for (const minute of minutes) {
      const from = laps.length
      const before = await this.#collections()
      while (this.#link.nowMs < startMs + minute * MS_PER_MIN)
        for (const slice of this.#motion.loop) {
          await this.#link.play(slice)
          laps.push(...(await this.#core.laps()))
        }
      const garbageCollections = (await this.#collections()) - before
      const memory = await this.#mark(`min${minute}`)
      const fifoBatch = costOf(instructionsOf(laps.slice(from), FirmwareCall.digital))
      stretches.push({ minute, fifoBatch, memory, garbageCollections })
      tell(`  ${minute} minutes of running`)
    }
    const ranMs = this.#link.nowMs - startMs
    const unheard = instructionsPerMs(laps, ranMs)
    const liveNotification = await this.#live(unheard)
    const collections = stretches.reduce((sum, { garbageCollections }) => sum + garbageCollections, 0)
    await this.#link.advance(RUN_CLOSED_MS)
    const gattReads = await this.#readAll()
    await this.#mark("phone")
    await this.#test()
    await this.#mark("routine")
    return {
      fifoBatch: costOf(instructionsOf(laps, FirmwareCall.digital)),
      fifoBatchSamples: Math.round(
        (ranMs / 1000) * (this.#link.rateHz / instructionsOf(laps, FirmwareCall.digital).length),
      ),
      tick: costOf(instructionsOf(laps, FirmwareCall.timer)),
      liveNotification,
      gattReads,
      instructionsPerSecond: Math.round(unheard * MS_PER_S),
      memory: this.#memory,
      gcPerHour: Math.round((TENTHS * collections * MIN_PER_HOUR * MS_PER_MIN) / ranMs) / TENTHS,
      bytesTakenPerHour: Math.round((bytesTaken(laps) * MIN_PER_HOUR * MS_PER_MIN) / ranMs),
      stretches,
    }
  }

  /** The loop once more, with a phone that listens. @param unheard what the firmware takes in a ms of it without one */
  async #live(unheard: number): Promise<number> {
    await this.#phone.connect(MTU)
    await this.#phone.subscribeLive(() => {})
    await this.#collect()
    await this.#core.laps()
    this.#notifications = 0
    const startMs = this.#link.nowMs
    const laps: Lap[] = []
    for (const slice of this.#motion.loop) {
      await this.#link.play(slice)
      laps.push(...(await this.#core.laps()))
    }
    const ranMs = this.#link.nowMs - startMs
    await this.#phone.disconnect()
    return Math.round(((instructionsPerMs(laps, ranMs) - unheard) * ranMs) / this.#notifications)
  }

  /** The readiness test in its bends. */
  async #test(): Promise<void> {
    await this.#phone.connect(MTU)
    await this.#phone.askCoach("start", READINESS_ID)
    await this.#phone.askCoach("next")
    for (const slice of this.#motion.before) await this.#link.play(slice)
    await this.#phone.disconnect()
  }

  async #boot(): Promise<void> {
    await this.#link.boot({})
    while (this.#link.rateHz === 0) {
      if (this.#link.nowMs > BOOT_LIMIT_MS)
        throw new Error("the firmware on the RV32 core did not start its sensor")
      await this.#link.advance(BOOT_STEP_MS)
    }
    // While a new phone may pair.
    await this.#phone.connect(MTU)
    await this.#phone.disconnect()
  }

  async #mark(name: string): Promise<Memory> {
    await this.#collect()
    const heap = await this.#core.heap()
    const { slots, chunkBytes, stackSlots, peakSlots, peakChunkBytes, tableBytes, reservedBytes } = heap
    const memory = {
      slots,
      chunkBytes,
      stackSlots,
      totalBytes: (slots + stackSlots) * SLOT_BYTES + chunkBytes,
      peakBytes: (peakSlots + stackSlots) * SLOT_BYTES + peakChunkBytes,
      reservedBytes,
      tableBytes,
    }
    this.#memory[name] = memory
    return memory
  }

  async #collect(): Promise<void> {
    await this.#core.order(Order.collect)
    this.#asked++
  }

  async #collections(): Promise<number> {
    return (await this.#core.heap()).collections - this.#asked
  }

  /** By the characteristic's name; then everything, as a phone syncs. */
  async #readAll(): Promise<Record<string, number>> {
    const reads: Record<string, number> = {}
    const phone = this.#phone
    await phone.connect(MTU)
    const { connection = 0 } = this.#link
    for (const service of SERVICES)
      for (const { name, uuid, read } of Object.values(service.characteristics)) {
        if (!read) continue
        // A collection that happens to fall into a read would be most of its cost.
        await this.#collect()
        await this.#core.laps()
        const { error } = await this.#link.gatt({ op: "read", connection, characteristic: uuid })
        const laps = (await this.#core.laps()).filter(({ kind }) => kind === FirmwareCall.gattRead)
        const cost = laps[0]?.instructions
        if (error !== undefined || cost === undefined)
          throw new Error(`the firmware on the RV32 core does not let “${name}” be read (${error})`)
        reads[name] = cost
      }
    const { runs } = await phone.sync()
    if (runs.length === 0) throw new Error("the firmware on the RV32 core has no run to hand to a phone")
    await phone.disconnect()
    return reads
  }
}

/** What a lap took is not known when garbage was collected in it. */
function bytesTaken(laps: readonly Lap[]): number {
  return laps
    .filter(({ collections }) => collections === 0)
    .reduce((sum, { slots, chunkBytes }) => sum + slots * SLOT_BYTES + chunkBytes, 0)
}

function instructionsPerMs(laps: readonly Lap[], ranMs: number): number {
  return laps.reduce((sum, { instructions }) => sum + instructions, 0) / ranMs
}

function instructionsOf(laps: readonly Lap[], kind: number): number[] {
  return laps.filter((lap) => lap.kind === kind).map(({ instructions }) => instructions)
}
