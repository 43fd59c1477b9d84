/** A motion through the chips of a board that is switched on: slice by slice of what they put out, silent where too many rows are missing. */
import { type BoardEvent, SAMPLE_BYTES } from "../hosts/virtual/protocol"
import type { BoardLink } from "./board-link"
import { ChipFeed } from "./motion-source"
import type { Recording } from "./recording/recording"
import { stretches } from "./recording/time-axis"
import { ShankSource } from "./shank-source"
import type { Motion } from "./simulation/motion"

export interface PlaybackOptions {
  /** The recording's time 0, ms since the device's power came. */
  startMs: number
  /** Played at a time. */
  sliceS: number
  /** After each slice; the next one waits for it. */
  played?(): Promise<void> | void
}

const MS_PER_S = 1000
/** The chip is configured within this, retries included, or it is missing. */
const BOOT_LIMIT_MS = 10_000
const BOOT_STEP_MS = 100
/** A chip that the firmware starts anew is looked for so often. */
export const OFF_STEP_MS = 20
/** Rows up to 25 ms apart (and their stamps' rounding) are joined by curves; in a longer gap the chip takes no samples. */
export const JOINED_S = 0.026
/** Of a chip's ticks, against rounding. */
const TICK_SHARE = 1e-6

/** @param last what the device has told last. @throws Error when a sensor does not start */
export async function waitForSensors(link: BoardLink, last: () => BoardEvent | undefined): Promise<void> {
  while (link.rateHz === 0 || link.shank?.rateHz === 0) {
    if (link.nowMs >= BOOT_LIMIT_MS) {
      const event = last()
      const news = event ? `: ${event.name} ${event.detail}` : ""
      throw new Error(
        `the firmware did not start its motion sensor within ${BOOT_LIMIT_MS / MS_PER_S} s${news}`,
      )
    }
    await link.advance(BOOT_STEP_MS)
  }
}

/** When a recording begins whose first row the chip takes next, ms since power came. */
export function startsNext(link: BoardLink, recording: Recording): number {
  return link.nextSampleAtMs - (recording.timeS[0] as number) * MS_PER_S
}

/** All of a recording. */
export async function playRecording(
  link: BoardLink,
  recording: Recording,
  { startMs, sliceS, played }: PlaybackOptions,
): Promise<void> {
  const playback = new Playback(link, { recording, need: () => {} }, startMs)
  while (!playback.isOver)
    if (link.rateHz === 0) await link.advance(OFF_STEP_MS)
    else await playback.playUntil(Number.POSITIVE_INFINITY, sliceS, played)
}

/**
 * Goes through a motion as far as it is told, stretch by stretch; between two the chips take no samples, because too many rows are missing there. Where the chip
 * was started anew meanwhile, it goes on with the row that is due then.
 */
export class Playback {
  readonly #link: BoardLink
  readonly #motion: Pick<Motion, "recording" | "need">
  readonly #stretches: [first: number, last: number][]
  #startMs: number
  #stretch = 0
  #feed: Feed | undefined

  /** @param startMs the motion's time 0, ms since power came */
  constructor(link: BoardLink, motion: Pick<Motion, "recording" | "need">, startMs: number) {
    const { sampledS, gaps } = motion.recording
    const silences = gaps.filter((gap) => gap.endS - gap.startS > JOINED_S)
    this.#link = link
    this.#motion = motion
    this.#startMs = startMs
    this.#stretches = stretches(
      sampledS.length,
      silences.map(({ row }) => row),
    )
  }

  get isOver(): boolean {
    return this.#stretch >= this.#stretches.length
  }

  /** The board's power came anew: its clock begins again. */
  restart(startMs: number): void {
    this.#startMs = startMs
    this.#feed = undefined
  }

  /** The chips take what is due until `untilS` of the motion, their last sample at that time or before it. Returns early when the chip is off. */
  async playUntil(untilS: number, sliceS: number, played?: () => Promise<void> | void): Promise<void> {
    const link = this.#link
    while (!this.isOver && link.rateHz > 0) {
      if (!(await this.#begin(untilS))) return
      const feed = this.#feed as Feed
      let slice = feed.take(untilS, sliceS)
      if (slice.length === 0) return
      while (slice.length > 0) {
        const count = slice.length / SAMPLE_BYTES
        const lastMs = link.nextSampleAtMs + (count - 1) * feed.periodMs
        const shank = link.shank && feed.shank?.take(link.startMs + link.shank.nextSampleMs, lastMs)
        const playing = link.play(slice, shank)
        // The next one is made while the engine plays this one.
        slice = feed.take(untilS, sliceS)
        await playing
        feed.played += count
        await played?.()
        if (!feed.fits(link)) break
      }
      if (!feed.fits(link)) this.#feed = undefined
      else if (feed.isOver) this.#next()
    }
  }

  #next(): void {
    this.#feed = undefined
    this.#stretch++
  }

  /** The stretch that is due, its silence before it included. @returns whether there is one before `untilS` */
  async #begin(untilS: number): Promise<boolean> {
    const link = this.#link
    while (!this.#feed?.fits(link)) {
      if (this.isOver) return false
      const { recording } = this.#motion
      const need = (row: number) => this.#motion.need(row)
      const { sampledS, shank } = recording
      const [first, last] = this.#stretches[this.#stretch] as [number, number]
      const halfPeriodMs = (0.5 * MS_PER_S) / link.rateHz
      // The chip's ticks go on in the silence: the one nearest to the stretch's first row begins it.
      const silentUntilMs = this.#ms(sampledS[first] as number) - halfPeriodMs
      const untilMs = Math.min(silentUntilMs, this.#ms(untilS))
      if (silentUntilMs > link.nextSampleAtMs) {
        if (untilMs > link.clockMs) await link.silence(untilMs - link.clockMs)
        if (untilMs < silentUntilMs) return false
      }
      const from = nearestRow(sampledS, first, last, this.#timeS(link.nextSampleAtMs))
      // A stretch that lies between two ticks is never seen, nor one that is over.
      if (this.#timeS(link.nextSampleAtMs - halfPeriodMs) > (sampledS[from] as number)) this.#next()
      else {
        const rows = { recording: { sampledS, thigh: recording.thigh }, from, last, need }
        this.#feed = new Feed(link, rows, this.#startMs, shank)
      }
    }
    return true
  }

  #ms(timeS: number): number {
    return timeS * MS_PER_S + this.#startMs
  }
  #timeS(deviceMs: number): number {
    return (deviceMs - this.#startMs) / MS_PER_S
  }
}

interface FeedRows {
  recording: { sampledS: Float64Array; thigh: Recording["thigh"] }
  from: number
  last: number
  need: Motion["need"]
}

/** What one start of the chips gets of a stretch. */
class Feed {
  readonly periodMs: number
  readonly shank: ShankSource | undefined
  /** Samples that the chip has. */
  played = 0
  readonly #chip: ChipFeed
  readonly #firstMs: number
  readonly #startMs: number

  constructor(
    link: BoardLink,
    { recording, from, last, need }: FeedRows,
    startMs: number,
    shank: Recording["shank"],
  ) {
    this.periodMs = MS_PER_S / link.rateHz
    this.#startMs = startMs
    this.#firstMs = link.nextSampleAtMs
    this.#chip = new ChipFeed(recording, from, last, link.rateHz, {
      need,
      ...(link.cutoffsHz && { cutoff: link.cutoffsHz }),
    })
    this.shank =
      link.shank &&
      shank &&
      new ShankSource(
        { sampledS: recording.sampledS, shank },
        from,
        last,
        // By the clock that no restart of the processor sets back.
        { ...link.shank, nextSampleMs: link.startMs + link.shank.nextSampleMs },
        link.nextSampleAtMs,
        need,
      )
  }

  get isOver(): boolean {
    return this.#chip.left === 0
  }

  /** The next samples up to `untilS` of the motion, a slice at most. */
  take(untilS: number, sliceS: number): Uint8Array {
    const { rateHz } = this.#chip
    const nextMs = this.#firstMs + this.#chip.taken * this.periodMs
    const dueMs = untilS * MS_PER_S + this.#startMs - nextMs
    const due = dueMs < 0 ? 0 : Math.floor(dueMs / this.periodMs + TICK_SHARE) + 1
    return this.#chip.take(Math.min(due, Math.max(1, Math.round(sliceS * rateHz))))
  }

  /** The chip goes on as it was when this began: at that rate, with the tick that is due next. */
  fits(link: BoardLink): boolean {
    const dueMs = this.#firstMs + this.played * this.periodMs
    return link.rateHz === this.#chip.rateHz && Math.abs(link.nextSampleAtMs - dueMs) < this.periodMs / 2
  }
}

/** The row from `first` to `last` whose time is nearest. */
function nearestRow(sampledS: Float64Array, first: number, last: number, wantedS: number): number {
  let low = first
  let high = last
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((sampledS[middle] as number) <= wantedS) low = middle
    else high = middle
  }
  const off = (row: number) => Math.abs((sampledS[row] as number) - wantedS)
  return off(high) < off(low) ? high : low
}
