/** The firmware on the virtual board in XS on this machine: bytecode steps a sample, and how many times faster than real time it plays. */
import { SAMPLE_BYTES } from "../../hosts/virtual/protocol"
import { BoardLink } from "../board-link"
import { openFirmware } from "../engine/firmware-engine"
import { runSession } from "../session"
import type { BenchMotion } from "./bench-motion"

export interface XsCost {
  /** Of running, from the chip model's FIFO to the run. */
  computronsPerSample: number
  /** Opening the engine and bundling the firmware included; the machine's, not to be compared between machines. */
  timesRealTime: number
}

const BOOT_MS = 1000
/** The best of so many: others use the machine too. */
const SESSIONS = 3

export async function measureXs({ recording, before, loop }: BenchMotion): Promise<XsCost> {
  let timesRealTime = 0
  for (let session = 0; session < SESSIONS; session++) {
    const { virtualS, elapsedS } = await runSession({ recording, engine: "xs" })
    timesRealTime = Math.max(timesRealTime, virtualS / elapsedS)
  }
  const engine = await openFirmware("xs")
  try {
    const link = new BoardLink(engine)
    await link.boot({})
    await link.advance(BOOT_MS)
    for (const slice of before) await link.play(slice)
    let steps = 0
    let samples = 0
    for (const slice of loop) {
      await link.play(slice)
      steps += engine.usage?.computrons ?? Number.NaN
      samples += slice.length / SAMPLE_BYTES
    }
    return { computronsPerSample: Math.round(steps / samples), timesRealTime: Math.round(timesRealTime) }
  } finally {
    await engine.close()
  }
}
