/** How the device's button is pressed: for how long, and between two presses let go, ms, in turns. */
export const PRESSES = {
  short: [100],
  double: [100, 200, 100],
  long: [4000],
} as const satisfies Record<string, readonly number[]>
export type Press = keyof typeof PRESSES

/** Each change of the contact, ms after the first. */
export function contactChanges(press: Press): { afterMs: number; pressed: boolean }[] {
  const changes = [{ afterMs: 0, pressed: true }]
  let afterMs = 0
  for (const forMs of PRESSES[press]) {
    afterMs += forMs
    changes.push({ afterMs, pressed: changes.length % 2 === 0 })
  }
  return changes
}
