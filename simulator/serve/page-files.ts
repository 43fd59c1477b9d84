/**
 * The page as a browser loads it, compiled from its sources by Vite in memory: there is nothing to build before and nothing to be out of date, for it is
 * compiled anew when a page is asked for and a source has changed since.
 */
import { readdir, readFile, stat } from "node:fs/promises"
import type { ServerResponse } from "node:http"
import { extname, join, relative, sep } from "node:path"
import { fileURLToPath } from "node:url"
import { build, type Plugin } from "vite"

export const PAGE_FOLDER = fileURLToPath(new URL("../page", import.meta.url))
export const COMPANION_FOLDER = fileURLToPath(new URL("../../phone/app", import.meta.url))

const INDEX = "index.html"
/** Copied as they are; as Vite has it. */
const PUBLIC_FOLDER = "public"
/** Where Vite puts files whose names carry a hash of their content. */
const HASHED = /^assets\//
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

/** What is compiled anew whenever it changes must not be kept by the browser: an app that registers a service worker (vite-plugin-pwa) has none here. */
const NO_SERVICE_WORKER: Plugin = {
  name: "no-service-worker",
  resolveId: (id) => (id === "virtual:pwa-register" ? `\0${id}` : undefined),
  load: (id) =>
    id === "\0virtual:pwa-register" ? "export const registerSW = () => async () => {}" : undefined,
}

interface Compiled {
  /** By path in the URL, without the first slash. */
  files: Map<string, string | Uint8Array>
  /** Sources, with the time of their last change. */
  changedMs: Map<string, number>
}

export class PageFiles {
  readonly #folder: string
  readonly #base: string
  #compiled: Promise<Compiled> | undefined

  /** Compiles when it is first asked for. @param folder with index.html. @param base of its files' URLs, from / to / */
  constructor(folder: string, base: string) {
    this.#folder = folder
    this.#base = base
  }

  /** @throws Error of Vite, with file and line, when the page cannot be compiled */
  async ready(): Promise<void> {
    await this.#current()
  }

  /** @param path of the URL. @returns false when there is no such file. @throws Error like `ready` */
  async send(path: string, response: ServerResponse): Promise<boolean> {
    if (!path.startsWith(this.#base)) return false
    const name = path.slice(this.#base.length) || INDEX
    if (name === INDEX && (await this.#isOutOfDate())) this.#compiled = undefined
    const body = (await this.#current()).files.get(name)
    if (body === undefined) return false
    response.setHeader("Content-Type", CONTENT_TYPES[extname(name)] ?? "application/octet-stream")
    response.setHeader("Cache-Control", HASHED.test(name) ? "max-age=31536000, immutable" : "no-cache")
    response.end(body)
    return true
  }

  #current(): Promise<Compiled> {
    this.#compiled ??= compile(this.#folder, this.#base)
    return this.#compiled
  }

  /** So is one that could not be compiled. */
  async #isOutOfDate(): Promise<boolean> {
    const compiled = await this.#compiled?.catch(() => undefined)
    if (!compiled) return true
    const now = await changeTimes(compiled.changedMs.keys())
    return [...compiled.changedMs].some(([file, atMs]) => now.get(file) !== atMs)
  }
}

async function compile(folder: string, base: string): Promise<Compiled> {
  const built = await build({
    root: folder,
    base,
    configFile: false,
    envFile: false,
    logLevel: "silent",
    plugins: [NO_SERVICE_WORKER],
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
  const files = await publicFiles(join(folder, PUBLIC_FOLDER))
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

/** By path below the folder, which need not be there. */
async function publicFiles(folder: string): Promise<Map<string, string | Uint8Array>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error) => {
    if (error.code !== "ENOENT") throw error
    return []
  })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  return new Map(
    await Promise.all(
      paths.map(async (path) => [relative(folder, path).replaceAll(sep, "/"), await readFile(path)] as const),
    ),
  )
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
