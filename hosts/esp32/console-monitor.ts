/** Events of the firmware on the SDK's console (xsbug, or the serial line of a debug build); a release build is silent. */

import type { Monitor } from "../../src/board"
import { constant } from "../../src/constant"

const MS_PER_S = 1000

export const consoleMonitor: Monitor = constant({
  event(name, atMs, detail) {
    trace(`${(atMs / MS_PER_S).toFixed(1)} s ${name} ${detail}\n`)
  },
})
