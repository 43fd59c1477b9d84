/**
 * The firmware and the virtual board as one script, for either engine: an IIFE in ES2022 that knows no platform, not
 * minified, functions under their own names, with an inline source map. Made in memory; `npm run build` writes it to build/
 * for people to read.
 */
import { mkdir, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { build, type Plugin } from "esbuild"
import { GUEST_FILE, GUEST_FOLDER } from "./engine/guest-source"

const PROJECT = fileURLToPath(new URL("..", import.meta.url))
const GUEST_ENTRY = "hosts/virtual/guest.ts"
const BUILD_PATH = `${GUEST_FOLDER}/${GUEST_FILE}`

/**
 * @param entry path from the project's root
 * @param plugins what a test makes of modules on their way
 * @throws with esbuild's file, line and column when it does not build
 */
export async function bundleFirmware(entry: string = GUEST_ENTRY, plugins: Plugin[] = []): Promise<string> {
  const result = await build({
    absWorkingDir: PROJECT,
    entryPoints: [entry],
    outfile: BUILD_PATH,
    bundle: true,
    write: false,
    format: "iife",
    // Modules are strict; what becomes of them in a script has to be told so.
    banner: { js: `"use strict";` },
    platform: "neutral",
    target: "es2022",
    charset: "utf8",
    // hosts/virtual/boards/kinds.ts: an engine has no environment.
    define: { "process.env.PATELLA_BOARD": JSON.stringify(process.env.PATELLA_BOARD ?? "") },
    sourcemap: "inline",
    sourcesContent: false,
    logLevel: "silent",
    plugins,
  })
  const output = result.outputFiles[0]
  if (!output) throw new Error(`esbuild made nothing of ${entry}`)
  return output.text
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const source = await bundleFirmware()
  const path = join(PROJECT, BUILD_PATH)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, source)
  process.stdout.write(`${BUILD_PATH}: ${Math.round(source.length / 1024)} KB with its source map\n`)
}
