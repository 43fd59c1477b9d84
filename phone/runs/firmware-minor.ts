/** "0.1" of "0.1.7": what firmware counts alike (patches change no figure). */
export function firmwareMinor(firmware: string): string {
  return firmware.split(".", 2).join(".")
}
