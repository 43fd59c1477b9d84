/**
 * The firmware and the virtual board as one script, for either engine: an IIFE in ES2022 that knows no platform, not
 * minified, functions under their own names, with an inline source map. Also written to build/ for people to read.
 */
import { mkdir, writeFile } from "node:fs/promises"
import { basename } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"
import { GUEST_FOLDER } from "./engine/guest-source"

const PROJECT = fileURLToPath(new URL("..", import.meta.url))
export const GUEST_ENTRY = "hosts/virtual/guest.ts"

/** @param entry path from the project's root. @throws with esbuild's file, line and column when it does not build. */
export async function bundleFirmware(entry: string = GUEST_ENTRY): Promise<string> {
  const result = await build({
    absWorkingDir: PROJECT,
    entryPoints: [entry],
    outfile: `${GUEST_FOLDER}/${entry === GUEST_ENTRY ? "firmware" : basename(entry, ".ts")}.js`,
    bundle: true,
    write: false,
    format: "iife",
    platform: "neutral",
    target: "es2022",
    charset: "utf8",
    sourcemap: "inline",
    sourcesContent: false,
    logLevel: "silent",
  })
  const output = result.outputFiles[0]
  if (!output) throw new Error(`esbuild made nothing of ${entry}`)
  await mkdir(new URL(`../${GUEST_FOLDER}/`, import.meta.url), { recursive: true })
  await writeFile(output.path, output.text)
  return output.text
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const source = await bundleFirmware()
  process.stdout.write(`build/firmware.js: ${Math.round(source.length / 1024)} KB with its source map\n`)
}
