/** Debian's Chromium, headless: what shows the page to its tests, and to the README's pictures. */
import { type Browser, type BrowserContext, chromium, type LaunchOptions } from "playwright-core"

export const CHROMIUM = "/usr/bin/chromium"

const OURS: LaunchOptions = {
  executablePath: CHROMIUM,
  // As root, as in a container, Chromium has no sandbox.
  chromiumSandbox: process.getuid?.() !== 0,
}

/** @throws Error when it is not installed, or does not start */
export function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  return chromium.launch({ ...OURS, ...options })
}

type ProfileOptions = NonNullable<Parameters<typeof chromium.launchPersistentContext>[1]>

/**
 * With a profile, as a person's browser has one: what pages keep is on disk.
 * @param folder of the profile, to be launched with again; without one it lasts until the browser is closed
 * @throws Error like `launchChromium`
 */
export function launchWithProfile(folder = "", options: ProfileOptions = {}): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, { ...OURS, ...options })
}
