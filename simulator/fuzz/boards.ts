/** Boards to be fuzzed, one after the other, and what their memory takes: in this process, or in an XS of its own. */
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import type { Engine, EngineName } from "../engine/engine"
import { openFirmware } from "../engine/firmware-engine"
import { bundleFirmware } from "../firmware-bundle"
import { storedBefore } from "../powercuts/earlier-runs"
import { BoardHere, BoardInEngine, type FuzzedBoard } from "./fuzzed-board"

export interface Boards {
  /** A new one, with runs stored and a phone on its list. */
  next(): Promise<FuzzedBoard>
  /** Bytes of the heap that are alive; of XS the guest's, of V8 this process's. */
  heap(): Promise<number>
  close(): Promise<void>
}

export async function boardsOf(engine: EngineName): Promise<Boards> {
  const stored = storedBefore()
  if (engine === "node")
    return { next: async () => new BoardHere(stored), heap: async () => liveBytes(), close: async () => {} }
  const firmware = await bundleFirmware()
  let open: Engine | undefined
  return {
    async next() {
      await open?.close()
      open = await openFirmware(engine, firmware)
      return BoardInEngine.on(open, stored)
    },
    heap: async () => (await open?.heap())?.bytes ?? 0,
    close: async () => open?.close(),
  }
}

/** The second collection takes what the first has let go of. */
function liveBytes(): number {
  setFlagsFromString("--expose-gc")
  const collect = runInNewContext("gc") as () => void
  collect()
  collect()
  return process.memoryUsage().heapUsed
}
