/**
 * Frees an I²C bus whose data line a chip holds low: one that was sending when the processor started anew, or that missed a clock, waits for
 * the rest of its byte's clocks. Nine at most and a stop end that (I²C specification UM10204, 3.1.16). A line that is shorted stays low.
 */
import { constant } from "../constant"
import type { Digital } from "../io"
import type { BusLines } from "./driver"

/** Eight bits and the acknowledgement. */
const CLOCKS = 9

/** What became of a bus: nothing held it; something did, and lets go; something still does. */
export const BusState = constant({ free: 0, freed: 1, held: 2 } as const)
export type BusState = (typeof BusState)[keyof typeof BusState]

/**
 * The bus must not be open. A script's clocks are slower than the 100 kHz that every chip takes.
 * @throws what the pins' constructors throw
 */
export function freeBus({ io, data, clock }: BusLines): BusState {
  const scl = new io({ pin: clock, mode: io.OutputOpenDrain, initialValue: 1 })
  try {
    // A pin of the SDK is read or driven, not both (SDK 8.2.3, digitalbank.c).
    const state = clockFree(scl, new io({ pin: data, mode: io.InputPullUp }))
    if (state !== BusState.freed) return state
    // The data line rises while the clock is high: a stop.
    scl.write(0)
    const sda = new io({ pin: data, mode: io.OutputOpenDrain, initialValue: 0 })
    scl.write(1)
    sda.write(1)
    sda.close()
    return state
  } finally {
    scl.close()
  }
}

/** Clocks until the data line is high, and closes it. */
function clockFree(scl: Digital, sda: Digital): BusState {
  try {
    if (sda.read() === 1) return BusState.free
    for (let clocks = 0; clocks < CLOCKS; clocks++) {
      scl.write(0)
      scl.write(1)
      if (sda.read() === 1) return BusState.freed
    }
    return BusState.held
  } finally {
    sda.close()
  }
}
