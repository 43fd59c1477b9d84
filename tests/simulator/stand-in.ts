/** How the stand-in of stand-in-guest.ts is told to fail. */

/** With this setting it is a device that never closes its run. */
export const NEVER_CLOSES = { thresholdDeg: 60 }
/** And this model one whose sensor never starts. */
export const NEVER_STARTS = "no sensor"
