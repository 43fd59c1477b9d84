/**
 * One strapped-on sensor's way through space: the segment it sits on, step by step, in; what a perfect sensor there measures out. Specific
 * force (g) is the second difference of its way plus gravity, angular rate (°/s) the turn from step to step, in the sensor's axes.
 */
import { GRAVITY_MS2 } from "./hip-path"
import type { Random } from "./random"
import { aboutZ, chain, inward, outward, RADIANS, type Rotation, turnBetween, type Vector } from "./rotation"
import { type Sensor, type Slip, slipped } from "./sensor"
import type { Strapped } from "./skeleton"
import { createTissue, type Tissue } from "./tissue"

const NOWHERE: Strapped = { orientation: aboutZ(0), place: [0, 0, 0] }

export class StrapPath {
  readonly #mount: Rotation
  readonly #slips: Slip[]
  readonly #tissue: Tissue
  readonly #stepS: number
  #before = NOWHERE
  #now = NOWHERE
  #after = NOWHERE

  /** @param stepS between the three steps that a row is made of */
  constructor(sensor: Sensor, slips: readonly Slip[], stepS: number, random: Random) {
    this.#mount = sensor.mount
    this.#slips = [...slips]
    this.#stepS = stepS
    this.#tissue = createTissue(sensor.tissue, GRAVITY_MS2, random)
  }

  slip(slip: Slip): void {
    this.#slips.push(slip)
  }

  contact(timeS: number, impact: number): void {
    if (impact > 0) this.#tissue.contact(timeS, impact)
  }

  follow({ orientation, place }: Strapped, timeS: number): void {
    this.#before = this.#now
    this.#now = this.#after
    const strapped = this.#slips.length === 0 ? this.#mount : chain(slipped(this.#slips, timeS), this.#mount)
    if (this.#tissue.calm(timeS)) {
      this.#after = { orientation: chain(orientation, strapped), place }
      return
    }
    const shift = outward(orientation, this.#tissue.shiftM(timeS))
    this.#after = {
      orientation: chain(orientation, chain(this.#tissue.turn(timeS), strapped)),
      place: [place[0] + shift[0], place[1] + shift[1], place[2] + shift[2]],
    }
  }

  /** At the middle one of the last three steps. */
  measure(): { forceG: Vector; rateDps: Vector } {
    const [ax, ay, az] = this.#before.place
    const [bx, by, bz] = this.#now.place
    const [cx, cy, cz] = this.#after.place
    const perG = 1 / (this.#stepS * this.#stepS * GRAVITY_MS2)
    const turn = turnBetween(this.#before.orientation, this.#after.orientation)
    const perS = 1 / (2 * this.#stepS * RADIANS)
    return {
      forceG: inward(this.#now.orientation, [
        (cx - 2 * bx + ax) * perG,
        (cy - 2 * by + ay) * perG,
        (cz - 2 * bz + az) * perG + 1,
      ]),
      rateDps: [turn[0] * perS, turn[1] * perS, turn[2] * perS],
    }
  }
}
