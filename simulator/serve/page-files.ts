/**
 * The page as a browser loads it, compiled from its sources by Vite in memory: there is nothing to build before and nothing to be out of date, for it is
 * compiled anew when a page is asked for and a source has changed since.
 */
import { stat } from "node:fs/promises"
import type { ServerResponse } from "node:http"
import { extname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "vite"

export const PAGE_FOLDER = fileURLToPath(new URL("../page", import.meta.url))

const INDEX = "index.html"
const INSTALLED = /[\\/]node_modules[\\/]|^\0/
const CONTENT_TYPES: Record<string, string> = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript",
  ".map": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".webmanifest": "application/manifest+json",
}

interface Compiled {
  /** By path in the URL, without the first slash. */
  files: Map<string, string | Uint8Array>
  /** Sources, with the time of their last change. */
  changedMs: Map<string, number>
}

export class PageFiles {
  readonly #folder: string
  #compiled: Promise<Compiled>

  /** Begins to compile. @param folder with index.html */
  constructor(folder: string) {
    this.#folder = folder
    this.#compiled = compile(folder)
    // Whoever asks for the page is told.
    this.#compiled.catch(() => {})
  }

  /** @throws Error of Vite, with file and line, when the page cannot be compiled */
  async ready(): Promise<void> {
    await this.#compiled
  }

  /** @param path of the URL. @returns false when there is no such file. @throws Error like `ready` */
  async send(path: string, response: ServerResponse): Promise<boolean> {
    const name = path === "/" ? INDEX : path.slice(1)
    if (name === INDEX && (await this.#isOutOfDate())) this.#compiled = compile(this.#folder)
    const body = (await this.#compiled).files.get(name)
    if (body === undefined) return false
    response.setHeader("Content-Type", CONTENT_TYPES[extname(name)] ?? "application/octet-stream")
    // All but the page itself carry a hash of their content in their names.
    response.setHeader("Cache-Control", name === INDEX ? "no-cache" : "max-age=31536000, immutable")
    response.end(body)
    return true
  }

  /** So is one that could not be compiled. */
  async #isOutOfDate(): Promise<boolean> {
    const compiled = await this.#compiled.catch(() => undefined)
    if (!compiled) return true
    const now = await changeTimes(compiled.changedMs.keys())
    return [...compiled.changedMs].some(([file, atMs]) => now.get(file) !== atMs)
  }
}

async function compile(folder: string): Promise<Compiled> {
  const built = await build({
    root: folder,
    configFile: false,
    envFile: false,
    logLevel: "silent",
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    // From this machine to this machine: as short as it can be is of no use.
    build: {
      write: false,
      sourcemap: true,
      modulePreload: { polyfill: false },
      minify: false,
      cssMinify: false,
    },
  })
  const outputs = Array.isArray(built) ? built : [built]
  const files = new Map<string, string | Uint8Array>()
  const sources = [join(folder, INDEX)]
  for (const output of outputs) {
    if (!("output" in output)) continue
    for (const file of output.output) {
      files.set(file.fileName, file.type === "chunk" ? file.code : file.source)
      if (file.type === "chunk") sources.push(...file.moduleIds.filter((id) => !INSTALLED.test(id)))
    }
  }
  return { files, changedMs: await changeTimes(sources) }
}

/** 0 for a file that is not there. */
async function changeTimes(files: Iterable<string>): Promise<Map<string, number>> {
  const times = [...files].map(async (file) => {
    const changedMs = await stat(file).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0,
    )
    return [file, changedMs] as const
  })
  return new Map(await Promise.all(times))
}
