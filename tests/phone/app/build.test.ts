/** The built app: small enough for a first visit, whole offline, at home in any folder, and asking nobody else. */
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import test from "ava"
import { buildApp } from "../../../phone/app/build"

const FIRST_LOAD_BYTES = 150_000
/** What the page asks for by itself. */
const ASKED = /(?:src|href)="([^"]+)"/g

let folder: string
let page: string

test.before(async (t) => {
  t.timeout(120_000)
  folder = await mkdtemp(join(tmpdir(), "patella-companion-"))
  await buildApp(folder)
  page = await text("index.html")
})
test.after.always(() => rm(folder, { recursive: true, force: true }))

function text(file: string): Promise<string> {
  return readFile(join(folder, file), "utf8")
}

function asked(): string[] {
  return [...page.matchAll(ASKED)].map(([, path = ""]) => path)
}

test("the first load is at most 150 KB, compressed by gzip", async (t) => {
  const files = [...asked(), "./index.html"].filter((path) => !/\.(png|svg)$/.test(path))
  const sizes = await Promise.all(
    files.map(async (path) => gzipSync(await readFile(join(folder, path))).byteLength),
  )
  const bytes = sizes.reduce((sum, size) => sum + size, 0)
  t.log(`${bytes} bytes in ${files.length} files`)
  t.true(files.some((path) => path.endsWith(".js")) && files.some((path) => path.endsWith(".css")))
  t.true(bytes <= FIRST_LOAD_BYTES, `${bytes} bytes`)
})

test("all that it asks for is its own, by addresses relative to its folder", async (t) => {
  const manifest = JSON.parse(await text("manifest.webmanifest"))
  t.deepEqual(
    asked().filter((path) => !path.startsWith("./")),
    [],
  )
  t.is(manifest.start_url, "./")
  t.is(manifest.scope, "./")
})

test("its policy lets in no script or style of the page's own text, and it has none", (t) => {
  const [, policy = ""] = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(page) ?? []
  t.regex(policy, /^default-src 'self';/)
  t.notRegex(policy, /unsafe|\*|https?:/)
  t.notRegex(page, /<style|style="|<script(?![^>]*\ssrc=)/)
})

test("the service worker keeps every file of it", async (t) => {
  const worker = await text("sw.js")
  const kept = new Set([...worker.matchAll(/url:"([^"]+)"/g)].map(([, path]) => path))
  const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
  const missing = files.filter((path) => !kept.has(path) && !/^(sw|workbox-\w+)\.js$/.test(path))
  t.deepEqual(missing, [])
  t.regex(worker, /SKIP_WAITING/)
  t.notRegex(worker, /clientsClaim/)
})

test("it can be installed: icons of its own, one of them maskable", async (t) => {
  const { icons, display } = JSON.parse(await text("manifest.webmanifest"))
  t.is(display, "standalone")
  for (const { src } of icons) t.true((await readFile(join(folder, src))).byteLength > 0, src)
  t.true(icons.some(({ purpose }: { purpose?: string }) => purpose === "maskable"))
})
