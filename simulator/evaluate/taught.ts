/**
 * A replay that teaches: two sensors in the first bout, then the shank's wires come off and the others are estimated from the
 * thigh with the wearer's own offset. Only these are judged.
 */
import { UsageError } from "../cli/usage"
import type { EngineName } from "../engine/engine"
import type { Recording } from "../recording/recording"
import { runSession } from "../session"
import type { DeviceReport } from "./evaluation"
import type { SessionTruth } from "./truth"

/** The last stride of a bout is read out within this. */
const READ_OUT_S = 1.5

/** From when on one sensor is worn, s. @throws UsageError when there is no second bout to judge */
export function taughtFromS({ bouts: [first, second] }: Pick<SessionTruth, "bouts">): number {
  if (!first || !second)
    throw new UsageError("--taught teaches in one bout and scores the others: there are no two")
  return Math.min(first.endS + READ_OUT_S, second.startS)
}

/** @throws UsageError as taughtFromS does, and without truth. */
export async function replayTaught(
  recording: Recording,
  model: unknown,
  engine: EngineName,
  session: SessionTruth | undefined,
): Promise<DeviceReport> {
  const shankUntilS = taughtFromS(session ?? { bouts: [] })
  const choice = model !== undefined && { model }
  const { json, trace } = await runSession({
    recording,
    engine,
    sensors: 2,
    shankUntilS,
    trace: true,
    ...choice,
  })
  if (!trace) throw new Error(`${recording.name}: the session kept no trace`)
  return { ...json, trace }
}
