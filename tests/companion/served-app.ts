/** The companion as it is put on the web: built into a folder of its own, and served from there, where the next version can take its place. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type PreviewServer, preview } from "vite"
import { buildApp } from "../../phone/app/build"

/** The page in the service worker's list of files. */
const PAGE_REVISION = /(url:"index\.html",revision:")\w+/

export class ServedApp {
  readonly #folder: string
  readonly #server: PreviewServer
  #version = 1

  static async start(): Promise<ServedApp> {
    const folder = await mkdtemp(join(tmpdir(), "patella-companion-"))
    await buildApp(folder)
    const server = await preview({
      configFile: false,
      envDir: false,
      logLevel: "warn",
      build: { outDir: folder },
      preview: { port: 0, host: "localhost" },
    })
    return new ServedApp(folder, server)
  }

  private constructor(folder: string, server: PreviewServer) {
    this.#folder = folder
    this.#server = server
  }

  /** With a slash at its end. */
  get address(): string {
    const [address] = this.#server.resolvedUrls?.local ?? []
    if (address === undefined) throw new Error("the companion is not served")
    return address
  }

  /** A page of the same origin without the app. */
  get besideTheApp(): string {
    return `${this.address}icon.svg`
  }

  /** Puts the next version in place of this one: it differs in the page's title alone. @returns that title */
  async publishNext(): Promise<string> {
    const title = `Patella ${++this.#version}`
    await this.#change("index.html", /<title>.*?<\/title>/, `<title>${title}</title>`)
    await this.#change("sw.js", PAGE_REVISION, `$1${this.#version}`)
    return title
  }

  async close(): Promise<void> {
    await this.#server.close()
    await rm(this.#folder, { recursive: true, force: true })
  }

  async #change(file: string, from: RegExp, to: string): Promise<void> {
    const path = join(this.#folder, file)
    const text = await readFile(path, "utf8")
    if (!from.test(text)) throw new Error(`${file} has nothing like ${from}`)
    await writeFile(path, text.replace(from, to))
  }
}
