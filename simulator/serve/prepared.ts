/** What a page wants played, made ready: its motion, what happens meanwhile, the device that wears it, and what the page is told of it. */

import type { Scenario } from "../scenario/scenario"
import type { Motion } from "../simulation/motion"
import type { SimulationOptions } from "../simulation/options"
import type { Playing } from "./messages"

export interface Prepared {
  motion: Motion
  /** Of the simulation, beside engine and motion. */
  device: Pick<
    SimulationOptions,
    "actions" | "board" | "sensors" | "settings" | "batteryMv" | "supply" | "phone"
  >
  playing: Playing
  /** Of its files, without an ending. */
  fileName: string
  /** As it is played, where it is one. */
  scenario?: Scenario
}
