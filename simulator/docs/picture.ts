/** A picture for a document, as the browser shows the page now. */
import { writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import type { Page } from "playwright-core"

const MOST_BYTES = 150 * 1024
const PROJECT = new URL("../../", import.meta.url)

/** @param path in the project. @throws Error when it would be larger than a README should load */
export async function takePicture(page: Page, path: string): Promise<void> {
  const bytes = await page.screenshot()
  if (bytes.length > MOST_BYTES)
    throw new Error(
      `${path} would be ${bytes.length} bytes: more than ${MOST_BYTES} a README should not load`,
    )
  writeFileSync(fileURLToPath(new URL(path, PROJECT)), bytes)
  process.stdout.write(`${path} ${bytes.length} bytes\n`)
}
