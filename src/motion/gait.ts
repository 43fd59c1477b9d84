/**
 * What kind of movement a closed stride was: its time, its swing and how hard it pushes forward and back in; running, walking, stairs or
 * none of them out. Running and walking differ most in the mean forward acceleration (running ≥ 0.8 g in all 26 treadmill runners of
 * Fukuchi et al. 2017, slowest speed 2.5 m/s).
 */
import { Activity } from "./stride"

/** In gait the thigh goes behind the standing line (8° at least in all those runners); in cycling and hopping it does not. */
const GAIT_TROUGH_CDEG = -300
/** A strap that slips in running moves the standing line: what ran goes on running up to here, wherever the thigh seems to be. */
const RUNNING_ON_TROUGH_CDEG = 1200

/** A swing comes 15° forward from behind the standing line sooner than this; whoever bends or stands up is slower. */
const SWING_RISE_MAX_MS = 220

const RUN_MIN_MS = 420
const RUN_MAX_MS = 950
const RUN_RANGE_CDEG = 3000
/** 0.5 g in accelerometer counts. */
const RUN_FORWARD_COUNTS = 1025
/** Mean place of the thigh between trough and peak, 1/16: 8 to 10 in those runners; who jumps hangs behind, at 5 or 6. */
const GAIT_PLACE_SIXTEENTHS = 7

const WALK_MIN_MS = 700
const WALK_MAX_MS = 1600
const WALK_RANGE_CDEG = 2500
/** 0.1 g. */
const WALK_FORWARD_COUNTS = 205

/** On stairs the thigh rises further than in walking, or does not get behind the standing line; on a bicycle it never gets near it. */
const STAIRS_MIN_MS = 850
const STAIRS_MAX_MS = 1900
export const STAIRS_PEAK_CDEG = 4500
const STAIRS_TROUGH_CDEG = 1200

/**
 * Whether a leg that was not in gait swings as in gait: the live angle follows it from here on, before a stride has closed.
 * @param troughCdeg thigh inclination at the trough that it swings from, 1/100°
 * @param riseMs how long ago that was, the thigh being 15° forward of it now
 */
export function isSwing(troughCdeg: number, riseMs: number): boolean {
  return troughCdeg <= GAIT_TROUGH_CDEG && riseMs <= SWING_RISE_MAX_MS
}

export interface StrideSwing {
  /** Stride time. */
  periodMs: number
  /** Thigh inclination from trough to peak, 1/100°, and at the trough that closed it. */
  rangeCdeg: number
  troughCdeg: number
  /** Sums over the stride's samples: of |forward acceleration|, counts, and of the thigh's inclination, 1/100°. */
  forwardSum: number
  thighSum: number
  samples: number
}

/** @param before what the stride before was */
export function classifyStride(swing: Readonly<StrideSwing>, before: Activity): Activity {
  const { periodMs, rangeCdeg, troughCdeg, forwardSum, thighSum, samples } = swing
  const isBehind = troughCdeg <= GAIT_TROUGH_CDEG
  // Without a time to judge by, sums over hours could leave int32.
  if (periodMs < RUN_MIN_MS || periodMs > STAIRS_MAX_MS) return Activity.other
  const isForward = (thighSum - troughCdeg * samples) << 4 >= rangeCdeg * samples * GAIT_PLACE_SIXTEENTHS
  const runsOn = before === Activity.run && troughCdeg <= RUNNING_ON_TROUGH_CDEG
  if (
    ((isBehind && isForward) || runsOn) &&
    periodMs <= RUN_MAX_MS &&
    rangeCdeg >= RUN_RANGE_CDEG &&
    forwardSum >= RUN_FORWARD_COUNTS * samples
  )
    return Activity.run
  if (rangeCdeg < WALK_RANGE_CDEG || forwardSum < WALK_FORWARD_COUNTS * samples) return Activity.other
  const isHigh = troughCdeg + rangeCdeg >= STAIRS_PEAK_CDEG
  if (isBehind && !isHigh)
    return isForward && periodMs >= WALK_MIN_MS && periodMs <= WALK_MAX_MS ? Activity.walk : Activity.other
  return periodMs >= STAIRS_MIN_MS && periodMs <= STAIRS_MAX_MS && troughCdeg <= STAIRS_TROUGH_CDEG
    ? Activity.stairs
    : Activity.other
}
