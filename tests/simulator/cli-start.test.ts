/** `start` as a process: it says where the page is, serves it, and ends with its engines when it is interrupted. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process"
import { createServer } from "node:net"
import { dirname, join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import test from "ava"
import { WebSocket } from "ws"
import { SIMULATION_PATH } from "../../simulator/serve/messages"

const PROJECT = join(dirname(fileURLToPath(import.meta.url)), "../..")
const ADDRESS = /http:\/\/127\.0\.0\.1:(\d+)\//
const PATIENCE_MS = 30_000

interface Started {
  child: ChildProcess
  port: number
  out: string
  ended: Promise<NodeJS.Signals | null>
}

function start(...parameters: string[]): Promise<Started> {
  const child = spawn(
    process.execPath,
    ["--import=tsx", "simulator/cli/patella.ts", "start", ...parameters],
    {
      cwd: PROJECT,
      env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined },
      stdio: ["ignore", "pipe", "inherit"],
    },
  )
  const ended = new Promise<NodeJS.Signals | null>((resolve) =>
    child.on("close", (_, signal) => resolve(signal)),
  )
  return new Promise((resolve, reject) => {
    let out = ""
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      out += text
      const port = Number(ADDRESS.exec(out)?.[1])
      if (out.includes("Ctrl-C")) resolve({ child, port, out, ended })
    })
    void ended.then(() => reject(new Error(`start ended: ${out}`)))
  })
}

const workersOf = ({ pid }: ChildProcess) =>
  execFileSync("pgrep", ["-P", String(pid), "xsnap"], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map(Number)

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  test.serial(`it serves until ${signal}, and leaves no engine behind`, async (t) => {
    const { child, port, out, ended } = await start("--port", "0")
    t.regex(out, /Open http:\/\/127\.0\.0\.1:\d+\/ in a browser/)
    t.regex(out, /--headless/)
    const page = await fetch(`http://127.0.0.1:${port}/`)
    t.is(page.status, 200)
    t.regex(await page.text(), /<title>.*Patella/)
    const origin = `http://127.0.0.1:${port}`
    const socket = new WebSocket(`ws://127.0.0.1:${port}${SIMULATION_PATH}`, { origin })
    socket.on("open", () => {
      socket.send(JSON.stringify({ ask: "speed", speed: "most" }))
      socket.send(JSON.stringify({ ask: "start", play: { from: "scenario", name: "tiring", seed: 1 } }))
    })
    await new Promise<void>((resolve) =>
      socket.on("message", (data) => JSON.parse(String(data)).tell === "frame" && resolve()),
    )
    const workers = workersOf(child)
    t.true(workers.length >= 1)
    child.kill(signal)
    t.is(await ended, signal)
    for (const untilMs = Date.now() + PATIENCE_MS; workers.some(isAlive) && Date.now() < untilMs; )
      await wait(50)
    t.deepEqual(workers.filter(isAlive), [])
  })
}

test.serial("a port that is taken is told, and the next is served", async (t) => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve))
  t.teardown(() => other.close())
  const taken = (other.address() as { port: number }).port
  const { child, port, out, ended } = await start("--port", String(taken), "--engine", "node")
  t.not(port, taken)
  t.regex(out, new RegExp(`port ${taken} is taken`))
  child.kill("SIGTERM")
  await ended
})
