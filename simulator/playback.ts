/** A recording through the chips of a board that is switched on: slice by slice of what they put out, silent where too many rows are missing. */
import { type BoardEvent, SAMPLE_BYTES } from "../hosts/virtual/protocol"
import type { BoardLink } from "./board-link"
import { chipSamples } from "./motion-source"
import type { Recording } from "./recording/recording"
import { stretches } from "./recording/time-axis"
import { ShankSource } from "./shank-source"

export interface PlaybackOptions {
  /** Device time of the recording's time 0, ms. */
  startMs: number
  /** Played at a time. */
  sliceS: number
  /** The shank chip's wires come off at this time of the recording, s. */
  shankUntilS?: number
  /** After each slice; the next one waits for it. */
  played?(): Promise<void> | void
}

const MS_PER_S = 1000
/** The chip is configured within this, retries included, or it is missing. */
const BOOT_LIMIT_MS = 10_000
const BOOT_STEP_MS = 100
/** Rows up to 25 ms apart (and their stamps' rounding) are joined by curves; in a longer gap the chip takes no samples. */
export const JOINED_S = 0.026

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

/** Device time at which a recording begins whose first row the chip takes next, ms. */
export function startsNext(link: BoardLink, recording: Recording): number {
  return link.nextSampleMs - (recording.timeS[0] as number) * MS_PER_S
}

/** Stretch by stretch; between two the chips take no samples, because too many rows are missing there. */
export async function playRecording(
  link: BoardLink,
  recording: Recording,
  { startMs, sliceS, shankUntilS = Number.POSITIVE_INFINITY, played }: PlaybackOptions,
): Promise<void> {
  const { sampledS, gaps, shank } = recording
  const timeS = (deviceMs: number) => (deviceMs - startMs) / MS_PER_S
  const periodMs = MS_PER_S / link.rateHz
  const halfPeriodMs = 0.5 * periodMs
  let wired = link.shank !== undefined
  const silences = gaps.filter((gap) => gap.endS - gap.startS > JOINED_S)
  for (const [first, last] of stretches(
    sampledS.length,
    silences.map(({ row }) => row),
  )) {
    // The chip's ticks go on in the silence: the one nearest to the stretch's first row begins it.
    const silentUntilMs = (sampledS[first] as number) * MS_PER_S + startMs - halfPeriodMs
    if (silentUntilMs > link.nextSampleMs) await link.silence(silentUntilMs - link.nowMs)
    const from = nearestRow(sampledS, first, last, timeS(link.nextSampleMs))
    // A stretch that lies between two ticks is never seen.
    if (timeS(link.nextSampleMs - halfPeriodMs) > (sampledS[from] as number)) continue
    const shankSource =
      link.shank && shank && new ShankSource({ sampledS, shank }, from, last, link.shank, link.nextSampleMs)
    const slices = chipSamples(recording, from, last, link.rateHz, sliceS)
    for (let next = slices.next(); !next.done; ) {
      const slice = next.value
      if (wired && timeS(link.nextSampleMs) >= shankUntilS) {
        await link.connectShank(false)
        wired = false
      }
      const lastMs = link.nextSampleMs + (slice.length / SAMPLE_BYTES - 1) * periodMs
      const playing = link.play(slice, link.shank && shankSource?.take(link.shank.nextSampleMs, lastMs))
      // The next one is made while the engine plays this one.
      next = slices.next()
      await playing
      await played?.()
    }
  }
}

/** The row from `first` to `last` whose time is nearest. */
function nearestRow(sampledS: Float64Array, first: number, last: number, wantedS: number): number {
  let row = first
  const off = (candidate: number) => Math.abs((sampledS[candidate] as number) - wantedS)
  while (row < last && off(row + 1) < off(row)) row++
  return row
}
