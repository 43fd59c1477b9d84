/** What the page knows: a value that each message of the server makes anew. What is drawn on every picture is not in it (drawing/live.ts). */
import { DEPTH_BANDS_DEG } from "../../src/run/summary"
import type {
  DeviceView,
  FlashView,
  Frame,
  ListedScenario,
  ListedSetting,
  Message,
  News,
  PhoneView,
  Played,
  Playing,
  Report,
  StrideMark,
  Traffic,
} from "../serve/messages"
import type { TimedAction } from "../simulation/action"

export type Speed = number | "most"

/** Lists keep so many lines, the newest. */
const TRAFFIC_MOST = 200
const NEWS_MOST = 200
/** Strides that the table shows. */
const STRIDES_MOST = 12

export interface State {
  link: "connecting" | "open" | "lost"
  scenarios: readonly ListedScenario[]
  settings: readonly ListedSetting[]
  /** Asked for last; what is played is told by `playing`. */
  played: Played | undefined
  playing: Playing | undefined
  /** The token by which a companion finds the device. */
  air: string | undefined
  phase: "loading" | "ready" | "running" | "paused" | "done"
  timeS: number
  /** Asked for, and reached. */
  speed: Speed
  reachedSpeed: number
  device: DeviceView | undefined
  phone: PhoneView | undefined
  flash: FlashView | undefined
  news: readonly News[]
  traffic: readonly Traffic[]
  /** By hand, in this play. */
  done: readonly TimedAction[]
  /** The newest, oldest first. */
  strides: readonly StrideMark[]
  /** How many compressions of the newest run reached each of DEPTH_BANDS_DEG, by the device's strides so far. */
  depthCounts: readonly number[]
  report: Report | undefined
  refused: { what: string; isOver: boolean } | undefined
}

/** News after which no stride is of the run before: a device that was started anew may have closed it. */
const ENDS_RUN = new Set(["runEnded", "ready"])

/** Nothing is played. */
const NOTHING = {
  playing: undefined,
  air: undefined,
  phase: "loading",
  timeS: 0,
  reachedSpeed: 0,
  device: undefined,
  phone: undefined,
  flash: undefined,
  news: [],
  traffic: [],
  done: [],
  strides: [],
  depthCounts: DEPTH_BANDS_DEG.map(() => 0),
  report: undefined,
} as const satisfies Partial<State>

export const INITIAL: State = {
  ...NOTHING,
  link: "connecting",
  scenarios: [],
  settings: [],
  played: undefined,
  speed: 1,
  refused: undefined,
}

/** Past which a loaded knee counts, °: as the phone knows it, or as the device began. */
export function thresholdOf(playing: Playing, phone: PhoneView | undefined): number {
  return phone?.asOfS === undefined ? playing.thresholdDeg : phone.thresholdDeg
}

/** The page asked for something else to be played. */
export function asked(state: State, played: Played): State {
  return { ...state, ...NOTHING, played, refused: undefined }
}

/** A message came. `exported` changes nothing: it is handed to the reader as files. */
export function told(state: State, message: Message): State {
  switch (message.tell) {
    case "welcome":
      return { ...state, link: "open", scenarios: message.scenarios, settings: message.settings }
    case "started":
      return {
        ...state,
        ...NOTHING,
        playing: message.playing,
        air: message.air,
        phase: "ready",
        refused: undefined,
      }
    case "frame":
      return framed(state, message)
    case "flash":
      return { ...state, flash: message.flash }
    case "done":
      return { ...state, phase: "done", report: message.report }
    case "exported":
      return state
    case "refused":
      return refusedWith(state, message.what, message.isOver ?? false)
  }
}

/** What was played up to here stays to be read; what was asked for and has not started never will. */
function refusedWith(state: State, what: string, isOver: boolean): State {
  if (!state.playing) return { ...state, ...NOTHING, refused: { what, isOver: true } }
  return { ...state, ...(isOver && { phase: "done" }), refused: { what, isOver } }
}

function framed(state: State, frame: Frame): State {
  if (!state.playing) return state
  return {
    ...state,
    phase: phaseOf(state, frame),
    timeS: frame.timeS,
    reachedSpeed: frame.speed,
    device: frame.device,
    phone: frame.phone,
    news: newest(state.news, frame.news, NEWS_MOST),
    traffic: newest(state.traffic, frame.traffic, TRAFFIC_MOST),
    strides: newest(state.strides, frame.strides, STRIDES_MOST),
    done: newest(state.done, frame.done, Number.POSITIVE_INFINITY),
    depthCounts: depthsOf(state.depthCounts, frame),
  }
}

function phaseOf({ phase }: State, { isPaused }: Frame): State["phase"] {
  if (phase === "done" || (isPaused && phase === "ready")) return phase
  return isPaused ? "paused" : "running"
}

function newest<Item>(before: readonly Item[], more: readonly Item[], most: number): readonly Item[] {
  if (more.length === 0) return before
  const all = [...before, ...more]
  return all.length > most ? all.slice(-most) : all
}

/** They begin anew with a run. Its first strides are marked in the frame that it starts in, or, if the one before ended in that very frame, behind that end. */
function depthsOf(counts: readonly number[], { news, strides }: Frame): readonly number[] {
  const start = news.map(({ name }) => name).lastIndexOf("runStarted")
  if (start < 0) return deepened(counts, strides)
  const before = news
    .slice(0, start)
    .filter(({ name }) => ENDS_RUN.has(name))
    .at(-1)
  const sinceS = before?.timeS ?? Number.NEGATIVE_INFINITY
  return deepened(
    NOTHING.depthCounts,
    strides.filter(({ contactS }) => contactS > sinceS),
  )
}

function deepened(counts: readonly number[], strides: readonly StrideMark[]): readonly number[] {
  const compressions = strides.filter(({ isCompression }) => isCompression)
  if (compressions.length === 0) return counts
  return counts.map(
    (count, band) =>
      count + compressions.filter(({ peakDeg }) => peakDeg > (DEPTH_BANDS_DEG[band] as number)).length,
  )
}
