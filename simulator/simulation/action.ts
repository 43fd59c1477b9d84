/**
 * All that can be done to a device that is being simulated, beside moving the leg: by a scenario's events, or by hand on the page. What is done by hand is
 * kept with its time, so that it can be done again. Times in s.
 */
import type { FaultName, RebootKind } from "../../hosts/virtual/protocol"

export type Action =
  /** The phone is out of reach for so long; then it connects again by itself. */
  | { do: "loseLink"; forS: number }
  /** No power at all for so long (the cell falls out), then the device starts anew. */
  | { do: "cutPower"; forS: number }
  /** The processor alone starts anew. */
  | { do: "restart"; kind: Exclude<RebootKind, "power"> }
  /** The strap turns around the thigh, or tips about the knee's axis. */
  | { do: "slipStrap"; angleDeg: number; around: "thigh" | "knee" }
  /** Something breaks, or (`on: false`) is mended; `forS`: of what ends by itself (hosts/virtual/faults.ts). */
  | { do: "fault"; fault: FaultName; on?: boolean; forS?: number }
  /** The cell falls out for a moment, and when power comes back the flash is as full of runs as after years. */
  | { do: "fillFlash" }
  /** The cell's voltage, mV, and whether USB is connected; what is left out stays. */
  | { do: "battery"; mv?: number; supply?: boolean }
  | { do: "press"; button: "short" | "double" | "long" }
  /** The phone writes a device setting, by name (src/storage/settings.ts); it waits until there is a link. */
  | { do: "set"; setting: string; value: number }

export type TimedAction = { atS: number } & Action
