/**
 * The ways to wear the device, each a replay of its own: what the accuracy report has a column of. In: a recording and the coefficients
 * to score it with; out: what the device said.
 */
import type { EngineName } from "../engine/engine"
import { type EvaluationOptions, type Replay, replayTraced } from "./evaluation"
import { replayTaught, taughtFromS } from "./taught"

/** `taught`: one sensor, after a bout in which two measured. */
export const WEARING_NAMES = ["one", "taught", "two"] as const
export type WearingName = (typeof WEARING_NAMES)[number]

export interface Wearing extends Pick<EvaluationOptions, "judgedFromS"> {
  replay(engine: EngineName): Replay
}

export const WEARING_TITLES: Readonly<Record<WearingName, string>> = {
  one: "one sensor",
  taught: "one sensor, taught",
  two: "two sensors",
}

export const WEARINGS: Readonly<Record<WearingName, Wearing>> = {
  one: {
    replay: (engine) => (recording, model, _session, chipRate) =>
      replayTraced(recording, model, engine, 1, chipRate),
  },
  taught: {
    replay: (engine) => (recording, model, session) => replayTaught(recording, model, engine, session),
    judgedFromS: taughtFromS,
  },
  two: { replay: (engine) => (recording, model) => replayTraced(recording, model, engine, 2) },
}
