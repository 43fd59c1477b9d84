/** The boards that a virtual board can stand for. */
import { Chip } from "../../../src/update/image-head"
import type { Equipment, Surroundings } from "../equipment"
import type { BoardKind, BoardOptions } from "../protocol"
import { stickEquipment } from "./m5stick-cplus"
import { xiaoEquipment } from "./xiao-esp32c3"

const KINDS: Readonly<Record<BoardKind, (surroundings: Surroundings) => Equipment>> = {
  m5stick_cplus: stickEquipment,
  xiao_esp32c3: xiaoEquipment,
}

/** What a board is that was not told: the environment's PATELLA_BOARD, so that a run of the tests, or of a command, is one with another board. */
export const USUAL_KIND: BoardKind = usualKind(process.env.PATELLA_BOARD)

/** What an image for its chip says in its header. */
export const CHIPS: Readonly<Record<BoardKind, number>> = {
  m5stick_cplus: Chip.esp32,
  xiao_esp32c3: Chip.esp32c3,
}

/** A board that has a second sensor, and is not told what it is, is one that has wires for it. */
export function kindOf({ kind, shank }: BoardOptions): BoardKind {
  return kind ?? (shank ? "xiao_esp32c3" : USUAL_KIND)
}

export function equipmentOf(surroundings: Surroundings): Equipment {
  return KINDS[kindOf(surroundings.options)](surroundings)
}

/** @throws Error for a board that there is not */
function usualKind(told: string | undefined): BoardKind {
  if (!told) return "xiao_esp32c3"
  if (told in KINDS) return told as BoardKind
  throw new Error(`PATELLA_BOARD: there is no board "${told}", only ${Object.keys(KINDS).join(" and ")}`)
}
