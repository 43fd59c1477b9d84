/** Both engines behave alike towards the simulator; XS is a process, so it can also die. */
import { statSync } from "node:fs"
import { mkdir, rm, writeFile } from "node:fs/promises"
import test, { type ExecutionContext } from "ava"
import { decodeFrame, encodeFrame } from "../../hosts/virtual/protocol"
import { ENGINE_NAMES, type Engine, type EngineName, openEngine } from "../../simulator/engine/engine"
import { openXsEngine } from "../../simulator/engine/xs-engine"
import { missingWorkerMessage, workerPath } from "../../simulator/engine/xs-install"
import { bundleFirmware } from "../../simulator/firmware-bundle"

const ECHO = "globalThis.handleCommand = (request) => request"
const bytes = (text: string) => new TextEncoder().encode(text)

async function open(t: ExecutionContext, name: EngineName, printed: string[] = []): Promise<Engine> {
  const engine = await openEngine(name, { print: (line) => printed.push(line) })
  t.teardown(() => engine.close())
  return engine
}

for (const name of ENGINE_NAMES) {
  test(`${name}: a command's bytes come back as the guest answers them`, async (t) => {
    const engine = await open(t, name)
    await engine.evaluate(ECHO)
    const everyByte = Uint8Array.from({ length: 256 }, (_, value) => value)
    for (const frame of [new Uint8Array(), everyByte, new Uint8Array(1 << 20).fill(44)]) {
      t.deepEqual(Uint8Array.from(await engine.command(frame)), frame)
    }
  })

  test(`${name}: commands queued at once are answered in order, with state kept between them`, async (t) => {
    const engine = await open(t, name)
    await engine.evaluate(`let count = 0
      globalThis.handleCommand = (request) => Uint8Array.of(new Uint8Array(request)[0], count++).buffer`)
    const replies = await Promise.all([7, 8, 9].map((value) => engine.command(Uint8Array.of(value))))
    t.deepEqual(
      replies.map((reply) => [...reply]),
      [
        [7, 0],
        [8, 1],
        [9, 2],
      ],
    )
  })

  test(`${name}: the guest has coders and print of its own, and nothing of Node or the DOM`, async (t) => {
    const printed: string[] = []
    const engine = await open(t, name, printed)
    await engine.evaluate(`globalThis.handleCommand = (request) => {
      const text = new TextDecoder().decode(new Uint8Array(request))
      print("got", text, 1)
      const absent = ["process", "require", "console", "setTimeout", "Buffer", "fetch", "WebAssembly"]
        .filter((name) => name in globalThis)
      const coded = new TextEncoder().encode(text + absent)
      if (!(coded instanceof Uint8Array && request instanceof ArrayBuffer)) throw new Error("of another realm")
      return coded.buffer
    }`)
    t.is(new TextDecoder().decode(await engine.command(bytes("Knie über 30°"))), "Knie über 30°")
    await engine.close()
    t.deepEqual(printed, ["got Knie über 30° 1"])
  })

  test(`${name}: an exception in a command carries message and guest frames, and the engine lives on`, async (t) => {
    const engine = await open(t, name)
    await engine.evaluate(`function sample(bus) {\n  return bus.read()\n}
globalThis.handleCommand = (request) => {\n  if (request.byteLength) sample(undefined)\n  return request\n}`)
    const error = await t.throwsAsync(engine.command(Uint8Array.of(1)))
    t.regex(
      error?.message ?? "",
      /^The firmware failed in (XS|V8): TypeError: .*\n\s+at sample \(firmware\.js:2(:\d+)?\)/,
    )
    t.notRegex(error?.message ?? "", /node:|eval|#\d/)
    t.is((await engine.command(new Uint8Array())).length, 0)
  })

  for (const [what, script, message] of [
    ["has a syntax error", "let x = ;", /SyntaxError/],
    ["throws at once", "throw new RangeError('no board')", /RangeError: no board/],
    ["throws what is no error", "throw undefined", /threw undefined/],
  ] as const) {
    test(`${name}: a script that ${what} is refused`, async (t) => {
      const engine = await open(t, name)
      await t.throwsAsync(engine.evaluate(script), { message })
    })
  }

  test(`${name}: a script without handleCommand, or with a reply that is no ArrayBuffer, is told so`, async (t) => {
    const engine = await open(t, name)
    await engine.evaluate("0")
    await t.throwsAsync(engine.command(new Uint8Array()), { message: /has set no globalThis.handleCommand/ })
    await engine.evaluate("globalThis.handleCommand = () => new Uint8Array(3)")
    await t.throwsAsync(engine.command(new Uint8Array()), {
      message: /handleCommand returned no ArrayBuffer/,
    })
  })

  test(`${name}: a closed engine takes no command and can be closed again`, async (t) => {
    const engine = await open(t, name)
    await engine.evaluate(ECHO)
    await engine.close()
    await engine.close()
    await t.throwsAsync(engine.command(new Uint8Array()), { message: /engine is closed/ })
  })

  test(`${name}: runs the bundle, and tells an exception in lines of the TypeScript files`, async (t) => {
    const folder = new URL(`../../build/engine-test-${name}/`, import.meta.url)
    await mkdir(folder, { recursive: true })
    t.teardown(() => rm(folder, { recursive: true }))
    await writeFile(
      new URL("knee.ts", folder),
      `export type Knee = { cdeg: number }

export function bend(knee: Knee): number {
  if (knee.cdeg < 0) throw new RangeError("negative flexion")
  return knee.cdeg * 2
}
`,
    )
    await writeFile(
      new URL("stand-in.ts", folder),
      `import { decodeFrame, encodeFrame } from "../../hosts/virtual/protocol"
import { bend, type Knee } from "./knee"

Object.assign(globalThis, {
  handleCommand(request: ArrayBuffer) {
    const { head, body } = decodeFrame<Knee>(new Uint8Array(request))
    return encodeFrame({ cdeg: bend(head), body: body.length }, body).buffer
  },
})
`,
    )
    const engine = await open(t, name)
    await engine.evaluate(await bundleFirmware(`build/engine-test-${name}/stand-in.ts`))
    const reply = decodeFrame(await engine.command(encodeFrame({ cdeg: 1500 }, Uint8Array.of(1, 2, 3))))
    t.deepEqual(reply.head, { cdeg: 3000, body: 3 })
    t.deepEqual([...reply.body], [1, 2, 3])
    const error = await t.throwsAsync(engine.command(encodeFrame({ cdeg: -1 })))
    t.regex(
      error?.message ?? "",
      /negative flexion\n\s+at bend \(build\/engine-test-\w+\/knee\.ts:4\)\n.*stand-in\.ts:7/,
    )
  })
}

test("the firmware is bundled in memory: whoever runs it need not own the project's folder", async (t) => {
  const written = () =>
    statSync(new URL("../../build/firmware.js", import.meta.url), { throwIfNoEntry: false })
  const before = written()?.mtimeMs
  await bundleFirmware()
  t.is(written()?.mtimeMs, before)
})

test("xs: cost is counted in computrons, the same from run to run, and more for more work", async (t) => {
  const cost = async (loops: number) => {
    const engine = await open(t, "xs")
    await engine.evaluate(
      `globalThis.handleCommand = (request) => { for (let i = 0; i < ${loops}; i++); return request }`,
    )
    await engine.command(new Uint8Array())
    return engine.usage?.computrons ?? 0
  }
  t.is(await cost(1000), await cost(1000))
  t.true((await cost(2000)) > (await cost(1000)) * 1.5)
})

test("xs: the live heap shows what is kept, slots and chunks, and not what is dropped", async (t) => {
  const engine = await open(t, "xs")
  await engine.evaluate(`let kept = []
    globalThis.handleCommand = (request) => {
      if (request.byteLength) kept.push(new ArrayBuffer(50_000)); else kept = []
      return new ArrayBuffer(0)
    }`)
  const drop = async () => {
    await engine.command(new Uint8Array())
    return engine.heap()
  }
  await drop()
  const before = await drop()
  await engine.command(Uint8Array.of(1))
  const grown = await engine.heap()
  t.true((grown?.bytes ?? 0) - (before?.bytes ?? 0) >= 50_000)
  t.true((grown?.slots ?? 0) > (before?.slots ?? 0))
  t.deepEqual(await drop(), before)
})

test("xs: a worker that dies says why to every command that waits and to those that come", async (t) => {
  const engine = await open(t, "xs")
  await engine.evaluate("globalThis.handleCommand = function again() { return again() + 1 }")
  const message = /The XS worker ended with exit code 12 \(its stack overflowed/
  const waiting = [engine.command(new Uint8Array()), engine.command(new Uint8Array())]
  for (const command of waiting) await t.throwsAsync(command, { message })
  await t.throwsAsync(engine.command(new Uint8Array()), { message })
})

test("xs: a guest that issues commands of its own breaks the protocol", async (t) => {
  const engine = await open(t, "xs")
  await t.throwsAsync(engine.evaluate("issueCommand(new ArrayBuffer(3))"), {
    message: "The XS worker broke the protocol: the guest called issueCommand, which nobody here answers",
  })
})

test("xs: a worker that was not built is one line with the remedy, and no fall-back", async (t) => {
  const absent = new URL("absent-worker", import.meta.url).pathname
  const error = await t.throwsAsync(openXsEngine(() => {}, absent))
  t.is(error?.message, missingWorkerMessage())
})

for (const [platform, parts] of [
  ["linux", [/not built at install/, /apt-get install build-essential/, /npm ci/, /--engine node/]],
  ["darwin", [/not built at install/, /xcode-select --install/, /npm ci/, /--engine node/]],
  ["win32", [/cannot be built on win32/, /--engine node/]],
] as const) {
  test(`xs: the line for a missing worker on ${platform}`, (t) => {
    const line = missingWorkerMessage(platform)
    for (const part of parts) t.regex(line, part)
    t.notRegex(line, /\n/)
    t.is(workerPath(platform) === undefined, platform === "win32")
  })
}

test("an engine of another name is refused", async (t) => {
  await t.throwsAsync(openEngine("jsc" as EngineName), { message: 'no engine "jsc": there are xs and node' })
})

for (const [what, frame, message] of [
  ["shorter than a length", Uint8Array.of(1, 0), "frame of 2 bytes: a head's length takes 4"],
  [
    "cut inside its head",
    encodeFrame({ op: "play" }).subarray(0, 6),
    "frame of 6 bytes: its head is said to have 13 bytes",
  ],
] as const) {
  test(`a frame ${what} is an error`, (t) => {
    t.throws(() => decodeFrame(frame), { instanceOf: RangeError, message })
  })
}
