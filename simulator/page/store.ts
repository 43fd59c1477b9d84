/** Keeps the page's state and tells who shows it, at most five times a second: what is read as text need not change faster. */
import { INITIAL, type State } from "./state"

const LEAST_BETWEEN_MS = 200

let state = INITIAL
const listeners = new Set<() => void>()
let toldAtMs = Number.NEGATIVE_INFINITY
let timer: ReturnType<typeof setTimeout> | undefined

export function current(): State {
  return state
}

/** @param isNow what somebody did with their own hands shows at once */
export function change(next: State, isNow = false): void {
  if (next === state) return
  state = next
  const waitMs = isNow ? 0 : toldAtMs + LEAST_BETWEEN_MS - performance.now()
  if (waitMs <= 0) tell()
  else timer ??= setTimeout(tell, waitMs)
}

/** @returns what ends it */
export function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function tell(): void {
  clearTimeout(timer)
  timer = undefined
  toldAtMs = performance.now()
  for (const listener of listeners) listener()
}
