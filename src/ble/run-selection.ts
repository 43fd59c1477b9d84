/** Which runs an operator of record access means, by their numbers. */
import type { DeviceRuns } from "./device-model"
import type { Values } from "./fields"
import { Operator, type SELECTION_REQUEST } from "./record-layouts"

const LARGEST = 0xffff

/** From `first` to `last`; none when first is larger. */
export class RunRange {
  first = 0
  last = LARGEST
}

/** @returns undefined when the operands do not go with the operator */
export function rangeOf(
  runs: DeviceRuns,
  { operator, firstRun, lastRun }: Values<typeof SELECTION_REQUEST>,
): RunRange | undefined {
  const hasFirst = operator === Operator.from || operator === Operator.within
  const hasLast = operator === Operator.upTo || operator === Operator.within
  if ((!hasFirst && firstRun !== 0) || (!hasLast && lastRun !== 0)) return undefined
  const range = new RunRange()
  if (hasFirst) range.first = firstRun
  if (hasLast) range.last = lastRun
  if (operator === Operator.first || operator === Operator.last) {
    const run = endOf(runs, operator === Operator.first)
    range.first = run
    range.last = run
  }
  return range.first > range.last ? undefined : range
}

export function countWithin(runs: DeviceRuns, { first, last }: RunRange): number {
  let count = 0
  for (let index = 0; index < runs.length; index++) {
    const id = runs.at(index)?.id ?? 0
    if (id >= first && id <= last) count++
  }
  return count
}

/** The lowest number, or the highest; 0: there is no run. */
function endOf(runs: DeviceRuns, isLowest: boolean): number {
  let end = 0
  for (let index = 0; index < runs.length; index++) {
    const id = runs.at(index)?.id ?? 0
    if (end === 0 || (isLowest ? id < end : id > end)) end = id
  }
  return end
}
