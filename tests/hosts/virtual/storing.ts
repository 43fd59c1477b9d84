/** What the storing device of storing-guest.ts and its tests have in common. */

export const STORE_CHARACTERISTIC = "5678"
export const STORE_EVERY_MS = 100
