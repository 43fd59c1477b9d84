/** `start`: serves the page and says where, until it is interrupted. */
import { readFileSync } from "node:fs"
import type { EngineName } from "../engine/engine"
import { bundleFirmware } from "../firmware-bundle"
import { PageServer } from "../serve/server"
import { openInBrowser } from "./open-in-browser"
import { paintFor } from "./wording"

export interface StartOptions {
  engine: EngineName
  port: number
  open?: boolean
}

const PACKAGE = new URL("../../package.json", import.meta.url)

/** Returns when the server is up, which keeps the process alive. @throws Error when the engine is missing, no port is free or the page cannot be compiled. */
export async function startCommand({ engine, port, open }: StartOptions): Promise<void> {
  const firmware = await bundleFirmware()
  const { version } = JSON.parse(readFileSync(PACKAGE, "utf8")) as { version: string }
  const { address, port: taken } = await PageServer.start({ engine, port, version, firmware })
  const paint = paintFor(process.stdout)
  const elsewhere = port !== 0 && taken !== port ? ` (port ${port} is taken)` : ""
  process.stdout.write(
    `${paint("bold", "Patella")}: a body, a board and a phone on one page.\n\n` +
      `  Open ${paint("bold", address)} in a browser on this machine${elsewhere}.\n` +
      `  ${paint("dim", "Ctrl-C ends it. In the terminal alone: npm start -- --headless")}\n`,
  )
  if (open) openInBrowser(address)
}
