/** What a written value may do to the stored runs: the one that it acknowledges, those that it asks to be deleted. */
import { decode, type Layout, type Values } from "../../src/ble/fields"
import { ACKNOWLEDGE_REQUEST, AccessRequest, Operator, SELECTION_REQUEST } from "../../src/ble/record-layouts"
import { crc32 } from "../../src/storage/crc32"
import type { Asked } from "./characteristics"
import type { Leave } from "./record-judge"

/** @param records that are stored, by number */
export function leaveOf({ name }: Asked, value: Uint8Array, records: ReadonlyMap<number, Uint8Array>): Leave {
  if (name !== "recordAccess") return {}
  const acknowledged = tryDecode(ACKNOWLEDGE_REQUEST, value)
  const record = acknowledged && records.get(acknowledged.runId)
  if (record && crc32(record) === acknowledged.crc) return { acknowledged: acknowledged.runId }
  const selection = tryDecode(SELECTION_REQUEST, value)
  if (selection?.request !== AccessRequest.delete) return {}
  const runs = [...records.keys()]
  return { isDeleted: (run) => isSelected(selection, run, runs) }
}

function isSelected(
  { operator, firstRun, lastRun }: Values<typeof SELECTION_REQUEST>,
  run: number,
  runs: readonly number[],
): boolean {
  switch (operator) {
    case Operator.all:
      return true
    case Operator.upTo:
      return run <= lastRun
    case Operator.from:
      return run >= firstRun
    case Operator.within:
      return run >= firstRun && run <= lastRun
    case Operator.first:
      return run === Math.min(...runs)
    case Operator.last:
      return run === Math.max(...runs)
    default:
      return false
  }
}

function tryDecode<L extends Layout>(layout: L, value: Uint8Array): Values<L> | undefined {
  try {
    return decode(layout, value)
  } catch {
    return undefined
  }
}
