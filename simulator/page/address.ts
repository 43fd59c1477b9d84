/** What the page's address says to play: `?scenario=NAME&seed=N&speed=N`. */
import type { Played } from "../serve/messages"
import type { Speed } from "./state"

export interface Wish {
  scenario?: string
  seed?: number
  speed?: Speed
}

export const SPEEDS: readonly Speed[] = [1, 2, 5, 10, 60, "most"]

/** What makes no sense is left out. */
export function wishFrom(search: string): Wish {
  const wish: Wish = {}
  for (const [name, text] of new URLSearchParams(search)) {
    const seed = seedFrom(text)
    const speed = SPEEDS.find((one) => String(one) === text)
    if (name === "scenario" && text !== "") wish.scenario = text
    if (name === "seed" && seed !== undefined) wish.seed = seed
    if (name === "speed" && speed !== undefined) wish.speed = speed
  }
  return wish
}

/** A dropped file cannot be named: then the address is the bare page's. */
export function addressOf(path: string, played: Played, speed: Speed): string {
  if (played.from !== "scenario") return path
  return `${path}?scenario=${encodeURIComponent(played.name)}&seed=${played.seed}&speed=${speed}`
}

/** A seed as one types it; undefined when it is none. */
export function seedFrom(text: string): number | undefined {
  const seed = Number(text)
  return /^\d{1,9}$/.test(text.trim()) ? seed : undefined
}
