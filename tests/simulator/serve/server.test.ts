/** The page's server: what it serves, to whom, and where. */
import { mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises"
import { request } from "node:http"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import test from "ava"
import { WebSocket } from "ws"
import { SIMULATION_PATH } from "../../../simulator/serve/messages"
import { PageServer } from "../../../simulator/serve/server"
import { SETTINGS } from "../../../src/storage/settings"

const folder = await mkdtemp(join(tmpdir(), "patella-page-"))
const source = join(folder, "main.ts")
await writeFile(
  join(folder, "index.html"),
  `<!doctype html><title>Knee</title><script type="module" src="./main.ts"></script>`,
)
await writeFile(source, "const knee: number = 32\ndocument.title = String(knee)\n")

/** Not there yet as the server starts. */
const companionFolder = join(folder, "companion")

const serve = (port = 0, pageFolder = folder) =>
  PageServer.start({ engine: "node", firmware: "", version: "0.1.0", port, pageFolder, companionFolder })
const server = await serve()
test.after.always(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

interface Answer {
  status: number
  headers: Record<string, unknown>
  text: string
}

/** By Node's own client: fetch() lets nobody choose the Host header. */
function get(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port: server.port, path, method, headers }, (response) => {
      let text = ""
      response.setEncoding("utf8").on("data", (piece: string) => {
        text += piece
      })
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }))
    })
    asked.on("error", reject).end()
  })
}

/** The first message, or the status that the upgrade was refused with. */
function connect(headers: Record<string, string>, path = SIMULATION_PATH): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers })
    socket.on("unexpected-response", (_, response) => resolve(response.statusCode))
    socket.on("error", reject)
    socket.on("message", (data) => {
      socket.terminate()
      resolve(JSON.parse(String(data)))
    })
  })
}

test.serial("the page is compiled, and loads nothing from elsewhere", async (t) => {
  const page = await get("/")
  t.is(page.status, 200)
  t.regex(page.text, /<title>Knee<\/title>/)
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(page.text)?.[1] ?? ""
  const { text, headers } = await get(script)
  t.regex(String(headers["content-type"]), /^text\/javascript/)
  t.regex(text, /document\.title/)
  t.notRegex(text, /: number/, "types are gone")
  const policy = String(page.headers["content-security-policy"])
  t.regex(policy, /default-src 'none'/)
  t.regex(policy, new RegExp(`connect-src 'self' ws://127\\.0\\.0\\.1:${server.port};`))
  t.notRegex(policy, /unsafe|https:|\*/)
})

test.serial("a source that has changed is compiled anew, and what cannot be compiled is told", async (t) => {
  const script = (text: string) => /src="(\/assets\/[^"]+\.js)"/.exec(text)?.[1] ?? ""
  const before = (await get("/")).text
  const change = async (text: string, atS: number) => {
    await writeFile(source, text)
    await utimes(source, atS, atS)
  }
  const nowS = Date.now() / 1000
  await change("document.title = 'thigh'\n", nowS + 10)
  const after = (await get("/")).text
  t.not(script(before), script(after))
  t.regex((await get(script(after))).text, /thigh/)
  await change("document.title = (\n", nowS + 20)
  const broken = await get("/")
  t.is(broken.status, 500)
  t.regex(broken.text, /cannot be compiled: .*main\.ts/s)
  await change("document.title = 'knee'\n", nowS + 30)
  t.is((await get("/")).status, 200)
})

test.serial(
  "the companion is compiled when it is asked for, and has its files in a folder of its own",
  async (t) => {
    t.is((await get("/companion/")).status, 500)
    await mkdir(companionFolder)
    await writeFile(join(companionFolder, "index.html"), `<script type="module" src="./app.ts"></script>`)
    await writeFile(
      join(companionFolder, "app.ts"),
      `import { registerSW } from "virtual:pwa-register"\ndocument.title = "Companion"\nregisterSW()\n`,
    )
    await mkdir(join(companionFolder, "public", "icons"), { recursive: true })
    await writeFile(join(companionFolder, "public", "icons", "knee.svg"), "<svg/>")
    const page = await get("/companion/")
    t.is(page.status, 200)
    const script = /src="(\/companion\/assets\/[^"]+\.js)"/.exec(page.text)?.[1] ?? ""
    t.regex((await get(script)).text, /Companion/)
    t.like(await get("/companion/icons/knee.svg"), { status: 200, text: "<svg/>" })
    t.is((await get(script.replace("/companion", ""))).status, 404)
    const { status, headers } = await get("/companion")
    t.like({ status, location: headers.location }, { status: 308, location: "/companion/" })
  },
)

test("a page that cannot be compiled is an error as the server starts", async (t) => {
  const empty = await mkdtemp(join(tmpdir(), "patella-page-"))
  t.teardown(() => rm(empty, { recursive: true }))
  await t.throwsAsync(serve(0, empty), { message: /index\.html/ })
})

test.serial("files are what there is: other paths are 404, other methods 405", async (t) => {
  for (const path of ["/nothing", "/main.ts", "/../package.json", "/@fs/etc/passwd", "/%2e%2e/package.json"])
    t.is((await get(path)).status, 404, path)
  t.is((await get("/", {}, "POST")).status, 405)
})

test.serial("a name that is not this machine's is refused", async (t) => {
  const port = server.port
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`])
    t.is((await get("/", { host })).status, 200, host)
  for (const host of [
    `patella.example:${port}`,
    "127.0.0.1",
    `127.0.0.1:${port + 1}`,
    "127.0.0.1.evil.example",
  ])
    t.is((await get("/", { host })).status, 403, host)
})

test("a page of this server is welcome to connect", async (t) => {
  for (const host of [`127.0.0.1:${server.port}`, `localhost:${server.port}`]) {
    const welcome = await connect({ host, origin: `http://${host}` })
    t.like(welcome, { tell: "welcome", version: "0.1.0" })
    const { settings } = welcome as { settings: { name: string }[] }
    t.deepEqual(
      settings.map(({ name }) => name),
      SETTINGS.map(({ name }) => name),
    )
  }
})

test("a page from elsewhere, and whatever is no page, may not connect", async (t) => {
  const host = `127.0.0.1:${server.port}`
  const strangers: Record<string, string>[] = [
    {},
    { origin: "https://patella.example" },
    { origin: "null" },
    { origin: `http://localhost:${server.port}` },
    { origin: `https://${host}` },
    { host: `patella.example:${server.port}`, origin: `http://patella.example:${server.port}` },
  ]
  for (const headers of strangers) t.is(await connect(headers), 403, JSON.stringify(headers))
  t.is(await connect({ origin: `http://${host}` }, "/elsewhere"), 404)
})

test("a port that is taken gives way to the next", async (t) => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve))
  t.teardown(() => other.close())
  const { port } = other.address() as { port: number }
  const next = await serve(port)
  t.teardown(() => next.close())
  t.true(next.port > port && next.port <= port + 20)
})
