/**
 * What kind of movement a closed stride was: its time, its range and how hard it pushes forward and back in, running,
 * walking or neither out. Thresholds in plain units; running and walking differ most in the mean forward acceleration
 * (running ≥ 0.8 g in all 26 treadmill runners of Fukuchi et al. 2017, slowest speed 2.5 m/s).
 */
import { Activity } from "./stride"

/** In gait the thigh goes behind the standing line (8° at least in all those runners); in cycling and hopping it does not. */
const GAIT_TROUGH_CDEG = -300
/** A strap that slips in running moves the standing line: what ran goes on running up to here. */
const RUNNING_ON_TROUGH_CDEG = 1200

const RUN_MIN_MS = 420
const RUN_MAX_MS = 950
const RUN_RANGE_CDEG = 3000
/** 0.5 g in accelerometer counts. */
const RUN_FORWARD_COUNTS = 1025

const WALK_MIN_MS = 700
const WALK_MAX_MS = 1600
const WALK_RANGE_CDEG = 2500
/** 0.1 g. */
const WALK_FORWARD_COUNTS = 205

/**
 * @param periodMs stride time
 * @param rangeCdeg thigh inclination from trough to peak, 1/100°
 * @param troughCdeg thigh inclination at the trough that closed it
 * @param forwardSum sum of |forward acceleration| over the stride's samples, counts
 * @param samples how many these are
 * @param before what the stride before was
 */
export function classifyStride(
  periodMs: number,
  rangeCdeg: number,
  troughCdeg: number,
  forwardSum: number,
  samples: number,
  before: Activity,
): Activity {
  if (troughCdeg > (before === Activity.run ? RUNNING_ON_TROUGH_CDEG : GAIT_TROUGH_CDEG))
    return Activity.other
  if (
    periodMs >= RUN_MIN_MS &&
    periodMs <= RUN_MAX_MS &&
    rangeCdeg >= RUN_RANGE_CDEG &&
    forwardSum >= RUN_FORWARD_COUNTS * samples
  )
    return Activity.run
  if (
    periodMs >= WALK_MIN_MS &&
    periodMs <= WALK_MAX_MS &&
    rangeCdeg >= WALK_RANGE_CDEG &&
    forwardSum >= WALK_FORWARD_COUNTS * samples
  )
    return Activity.walk
  return Activity.other
}
