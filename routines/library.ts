/** The routines with their words, by id. Their files are held against their schema by `npm run docs` and in tests. */
import CONTRACT_RELAX from "./contract-relax.json" with { type: "json" }
import INNER_THIGH from "./inner-thigh.json" with { type: "json" }
import LOWER_LEG_TURNS from "./lower-leg-turns.json" with { type: "json" }
import READINESS from "./readiness.json" with { type: "json" }
import SLOW_STROKES from "./slow-strokes.json" with { type: "json" }
import STRENGTH from "./strength.json" with { type: "json" }
import TENDER_SPOTS from "./tender-spots.json" with { type: "json" }
import type { WrittenRoutine } from "./written-routine"

export const WRITTEN_ROUTINES = [
  READINESS,
  INNER_THIGH,
  SLOW_STROKES,
  TENDER_SPOTS,
  CONTRACT_RELAX,
  LOWER_LEG_TURNS,
  STRENGTH,
] as readonly WrittenRoutine[]
