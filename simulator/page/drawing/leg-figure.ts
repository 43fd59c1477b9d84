/** Moves the drawn leg: sets attributes of the elements that parts/leg.tsx made, nothing is rendered anew. */

import { LegMotion } from "./leg-motion"
import { SHANK_LENGTH, STANDING_REACH, THIGH_LENGTH } from "./leg-pose"
import { isPast, type LegReading, legReading } from "./leg-reading"
import type { Live } from "./live"

/** Where the hip of somebody who stands is in the picture, and the ground. */
export const HIP_X = 140
export const GROUND_Y = 322
/** The ground's dashes repeat after so much. */
export const DASH = 24

/** The angles as text change so often, so that they can be read. */
const READOUT_MS = 150

export class LegFigure {
  readonly #root: Element
  readonly #live: Live
  readonly #motion = new LegMotion()
  readonly #parts = new Map<string, Element>()
  #shownS = 0
  #readoutMs = 0
  #wasBuzzing = false

  /** @param root holds an element of each class that is named here */
  constructor(root: Element, live: Live) {
    this.#root = root
    this.#live = live
  }

  draw(shownS: number, nowMs: number): void {
    const { truths, estimates, thresholdDeg, buzzUntilMs } = this.#live
    const estimate = legReading(estimates, shownS, false)
    const truth = legReading(truths, shownS, true)
    const leads = truth ?? estimate
    if (leads) {
      this.#motion.step(shownS - this.#shownS, leads.thighDeg, leads.kneeDeg, leads.isLoaded)
      this.#shownS = shownS
      this.#drawLeg(truth, estimate)
    }
    this.#root.classList.toggle("is-loaded", leads?.isLoaded ?? false)
    this.#root.classList.toggle("is-past", isPast(leads, thresholdDeg))
    this.#root.classList.toggle("is-estimate-past", isPast(estimate, thresholdDeg))
    this.#root.classList.toggle("has-truth", truth !== undefined)
    this.#root.classList.toggle("has-estimate", estimate !== undefined)
    this.#buzz(nowMs < buzzUntilMs)
    if (nowMs - this.#readoutMs < READOUT_MS && nowMs >= this.#readoutMs) return
    this.#readoutMs = nowMs
    this.#say("truth-readout", truth)
    this.#say("estimate-readout", estimate)
  }

  #drawLeg(truth: LegReading | undefined, estimate: LegReading | undefined): void {
    const { pose, hipUp, ground, seat } = this.#motion
    const hipY = GROUND_Y - hipUp
    this.#set("hip", "transform", `translate(${HIP_X} ${hipY.toFixed(1)})`)
    if (truth) {
      this.#set("truth-thigh", "transform", `rotate(${pose.thighTurn.toFixed(1)})`)
      this.#set(
        "truth-shank",
        "transform",
        `translate(0 ${THIGH_LENGTH}) rotate(${(pose.shankTurn - pose.thighTurn).toFixed(1)})`,
      )
      this.#set(
        "truth-foot",
        "transform",
        `translate(0 ${SHANK_LENGTH}) rotate(${(pose.footTurn - pose.shankTurn).toFixed(1)})`,
      )
    }
    if (estimate) {
      this.#set("estimate-thigh", "transform", `rotate(${(-estimate.thighDeg).toFixed(1)})`)
      this.#set(
        "estimate-shank",
        "transform",
        `translate(0 ${THIGH_LENGTH}) rotate(${estimate.kneeDeg.toFixed(1)})`,
      )
      if (!truth)
        this.#set(
          "estimate-foot",
          "transform",
          `translate(0 ${SHANK_LENGTH}) rotate(${(pose.footTurn - pose.shankTurn).toFixed(1)})`,
        )
    }
    const thighTurn = truth ? pose.thighTurn : -(estimate?.thighDeg ?? 0)
    this.#set("worn", "transform", `rotate(${thighTurn.toFixed(1)})`)
    this.#set("ground", "stroke-dashoffset", (ground % DASH).toFixed(1))
    this.#set("seat", "opacity", seat.toFixed(2))
    this.#set("seat", "transform", `translate(0 ${(STANDING_REACH - hipUp).toFixed(1)})`)
  }

  #buzz(isBuzzing: boolean): void {
    if (isBuzzing === this.#wasBuzzing) return
    this.#wasBuzzing = isBuzzing
    this.#root.classList.toggle("is-buzzing", isBuzzing)
  }

  #say(name: string, angles: LegReading | undefined): void {
    const text = angles ? `${Math.round(angles.kneeDeg)}°` : "–"
    const element = this.#part(name)
    if (element && element.textContent !== text) element.textContent = text
  }

  #set(name: string, attribute: string, value: string): void {
    this.#part(name)?.setAttribute(attribute, value)
  }

  #part(name: string): Element | undefined {
    const known = this.#parts.get(name)
    if (known) return known
    const found = this.#root.querySelector(`.${name}`) ?? undefined
    if (found) this.#parts.set(name, found)
    return found
  }
}
