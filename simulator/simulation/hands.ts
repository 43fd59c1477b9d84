/** Does to the device what an action says, and knows what can be seen of the device and its wires. Times in s of the motion. */
import type { BoardOptions, FaultName } from "../../hosts/virtual/protocol"
import type { BoardLink } from "../board-link"
import { contactChanges } from "../button"
import type { Action, TimedAction } from "./action"
import type { Agenda } from "./agenda"
import { filledWithRuns } from "./filled-flash"
import type { Motion } from "./motion"

export interface Held {
  link: BoardLink
  motion: Motion
  agenda: Agenda
  /** Of the cell, when the board is switched on. */
  batteryMv?: number
  supply: boolean
  phoneLost(why: "out of reach" | "none"): void
  set(name: string, value: number): Promise<void>
  /** Power is back: another start of the board's clock. */
  powered(): void
  boardOptions(): BoardOptions
}

export interface DeviceView {
  power: "on" | "off" | "asleep"
  batteryMv: number
  supply: boolean
  /** Share, 0 to 1. */
  motorDuty: number
  /** Faults that are on. */
  faults: FaultName[]
}

const MS_PER_S = 1000
/** What the virtual board has unless it is told otherwise (hosts/virtual/board.ts). */
const USUAL_BATTERY_MV = 3950
/** A device that had switched itself off stays on from here on (docs/battery.md). */
const ENOUGH_MV = 3500
/** A strap begins to slip so long after the action: what is measured up to then may have been made already. */
const SLIP_AFTER_S = 0.1
/** How long the cell is out when the flash is filled. */
const FILLING_S = 1
/** A press that wakes the device, and the time that it takes to be there. */
const WAKING_PRESS_MS = 300
const AWAKE_MS = 1000

type Deeds = { [Do in Action["do"]]: (action: Extract<TimedAction, { do: Do }>) => Promise<void> }

export class Hands {
  /** As the board told last. */
  motorDuty = 0
  /** Chips may be started anew at any moment until some time after this. */
  unsettledS = Number.NEGATIVE_INFINITY
  readonly #held: Held
  readonly #faults = new Set<FaultName>()
  readonly #deeds: Deeds
  #batteryMv: number
  #supply: boolean
  #isOut = false
  #unreachable = 0

  constructor(held: Held) {
    this.#held = held
    this.#batteryMv = held.batteryMv ?? USUAL_BATTERY_MV
    this.#supply = held.supply
    const { link, motion, agenda } = held
    this.#deeds = {
      loseLink: async ({ atS, forS }) => {
        this.#unreachable++
        agenda.add(atS + forS, async () => {
          this.#unreachable--
        })
        const { connection } = link
        if (connection !== undefined) await link.gatt({ op: "drop", connection })
        held.phoneLost("out of reach")
      },
      cutPower: async ({ atS, forS }) => {
        if (!this.#takeOut()) return
        agenda.add(atS + forS, () => this.#putBack())
      },
      restart: async ({ kind }) => {
        if (!this.hasPower) return
        await link.reboot(kind)
        this.#off()
      },
      slipStrap: async ({ atS, angleDeg, around }) =>
        motion.slip({ timeS: atS + SLIP_AFTER_S, angleDeg, around }),
      fault: async ({ atS, fault, on = true, forS = 0 }) => {
        if (on) this.#faults.add(fault)
        else this.#faults.delete(fault)
        if (on && forS > 0)
          agenda.add(atS + forS, async () => {
            this.#faults.delete(fault)
            this.unsettledS = atS + forS
          })
        await link.setFault(fault, on, forS * MS_PER_S)
      },
      fillFlash: async ({ atS }) => {
        if (!this.hasPower) return
        const image = filledWithRuns((await link.flash()).image)
        const keyValue = await link.storage()
        this.#takeOut()
        agenda.add(atS + FILLING_S, async () => {
          const battery = { batteryMv: this.#batteryMv, supply: this.#supply, faults: [...this.#faults] }
          this.#isIn()
          await link.boot({ ...held.boardOptions(), keyValue, ...battery }, image)
        })
      },
      battery: async ({ mv = this.#batteryMv, supply = this.#supply }) => {
        const isConnected = supply && !this.#supply
        this.#batteryMv = mv
        this.#supply = supply
        await link.changeBattery({ mv, supply })
        // Its power chip switches a board on that had switched itself off.
        if (isConnected && link.powerCut && !this.#isOut) await this.#putBack()
      },
      press: async ({ atS, button }) => {
        for (const { afterMs, pressed } of contactChanges(button))
          agenda.add(atS + afterMs / MS_PER_S, async () => {
            if (this.hasPower) await link.pressButton(pressed)
          })
        await agenda.doUntil(atS)
      },
      set: ({ setting, value }) => held.set(setting, value),
    }
  }

  get view(): DeviceView {
    return {
      power: !this.hasPower ? "off" : this.#held.link.isAsleep ? "asleep" : "on",
      batteryMv: this.#batteryMv,
      supply: this.#supply,
      motorDuty: this.motorDuty,
      faults: [...this.#faults],
    }
  }
  /** Neither is the cell out, nor has the device switched itself off. */
  get hasPower(): boolean {
    return !this.#isOut && !this.#held.link.powerCut
  }
  /** The phone is near. */
  get inReach(): boolean {
    return this.#unreachable === 0
  }

  async act(action: TimedAction): Promise<void> {
    const disturbs = ["cutPower", "restart", "fault", "fillFlash", "battery"].includes(action.do)
    if (disturbs) this.unsettledS = this.#faults.size > 0 ? Number.POSITIVE_INFINITY : action.atS
    await (this.#deeds[action.do] as (action: TimedAction) => Promise<void>)(action)
    if (disturbs) this.unsettledS = this.#faults.size > 0 ? Number.POSITIVE_INFINITY : action.atS
  }

  /** As its wearer would who wants to read it: takes the phone near, charges an empty device, and wakes it. */
  async reachable(): Promise<void> {
    const { link } = this.#held
    this.#unreachable = 0
    if (!link.powerCut && !link.isAsleep) return
    if (this.#batteryMv < ENOUGH_MV) await this.#deeds.battery({ do: "battery", supply: true, atS: 0 })
    if (link.isAsleep) await this.#wake()
  }

  async #wake(): Promise<void> {
    const { link } = this.#held
    await link.pressButton(true)
    await link.advance(WAKING_PRESS_MS)
    await link.pressButton(false)
    await link.advance(AWAKE_MS)
  }

  /** @returns whether it was in */
  #takeOut(): boolean {
    if (!this.hasPower) return false
    this.#isOut = true
    this.#off()
    return true
  }

  async #putBack(): Promise<void> {
    this.#isIn()
    await this.#held.link.reboot("power")
  }

  /** Before the board starts: what it tells then is of its new clock. */
  #isIn(): void {
    this.#isOut = false
    this.#held.powered()
  }

  #off(): void {
    this.motorDuty = 0
    this.#held.phoneLost("none")
  }
}
