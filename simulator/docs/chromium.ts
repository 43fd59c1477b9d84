/** Debian's Chromium, headless: what shows the page to its tests, and to the README's pictures. */
import { type Browser, chromium, type LaunchOptions } from "playwright-core"

export const CHROMIUM = "/usr/bin/chromium"

/** @throws Error when it is not installed, or does not start */
export function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    // As root, as in a container, Chromium has no sandbox.
    chromiumSandbox: process.getuid?.() !== 0,
    ...options,
  })
}
