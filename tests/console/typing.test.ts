/** How lines are typed at the console, and what a host that is slow or does not listen gets. */
import test from "ava"
import fc from "fast-check"
import type { ConsoleOptions } from "../../hosts/virtual/protocol"
import { COMMANDS } from "../../src/console/console-commands"
import { ConsoleOutput } from "../../src/console/console-output"
import { Wear } from "../device/wear"

const READY_MS = 500
/** Nobody has typed for longer than the console is kept. */
const LEFT_MS = 310_000
/** What the virtual board and the firmware keep of faults, settings and the like. */
const SLOTS_GROWTH = 100
const BYTES_GROWTH = 4000

async function ready(console: ConsoleOptions = {}): Promise<Wear> {
  const wear = await Wear.boot(undefined, { console })
  await wear.link.advance(READY_MS)
  return wear
}

/** What comes of raw bytes within a second of the device. */
async function typed(text: string, wear?: Wear): Promise<string> {
  const { terminal, link } = wear ?? (await ready())
  const from = terminal.text.length
  await terminal.type(text)
  await link.advance(1000)
  return terminal.text.slice(from)
}

const VERSION = /\r\nPatella \d+\.\d+\.\d+, profile \d+[^\r]*\r\n# $/

for (const [what, text] of [
  ["CR", "version\r"],
  ["LF", "version\n"],
  ["CR and LF", "version\r\n"],
  ["backspace", "verx\bsion\r"],
  ["delete", "versionss\u007f\u007f\r"],
  ["Ctrl-U", "nonsense\u0015version\r"],
  ["arrow keys and the like, which are left out", "ver\u001b[A\u001b[1;5Csi\u001bOPon\r"],
  ["letters beyond ASCII and control characters, which are left out", "vé\u0007er\u0001sion\r"],
  ["spaces around it", "   version  \r"],
] as const)
  test(`a line ends and is edited by ${what}`, async (t) => {
    const answer = await typed(text)
    t.is(answer.split("\n").filter((line) => line.startsWith("Patella")).length, 1, JSON.stringify(answer))
    t.regex(answer, VERSION)
  })

test("an empty line brings a prompt and nothing else, CR and LF one and not two", async (t) => {
  const wear = await ready()
  await typed("\r", wear)
  t.is(await typed("\r\n", wear), "\r\n# ")
  t.is(await typed("\n", wear), "\r\n# ")
})

test("a line takes 80 characters; for more the bell rings", async (t) => {
  const line = "x".repeat(80)
  const answer = await typed(`${line}yz\r`)
  t.true(answer.includes(`# ${line}\u0007\u0007\r\n! there is no "${line}"`))
})

test("lines that come while one is answered are answered after it, in order", async (t) => {
  const wear = await ready()
  await wear.terminal.type("settings\rversion\rerase runs\ryes\r")
  await wear.link.advance(3000)
  const { text } = wear.terminal
  const places = ["heldBendDeg", "\r\n# version\r\nPatella", "do so: yes\r\nforgotten"].map((part) =>
    text.indexOf(part),
  )
  t.true(
    places.every((place, index) => place > (places[index - 1] ?? 0)),
    JSON.stringify(places),
  )
})

test("Ctrl-C stops what is printed", async (t) => {
  const wear = await ready({ bytesPerS: 960, bufferBytes: 64 })
  await wear.terminal.type("settings\r")
  await wear.link.advance(300)
  await wear.terminal.type("\u0003")
  await wear.link.advance(3000)
  t.true(wear.terminal.text.includes("thresholdDeg"))
  t.false(wear.terminal.text.includes("heldBendDeg"))
  t.true(wear.terminal.text.endsWith("\r\n# "))
})

test("a slow host gets every line whole, as it takes them", async (t) => {
  const fast = await (await ready()).terminal.ask("settings")
  const wear = await ready({ bytesPerS: 960, bufferBytes: 16 })
  t.is(await wear.terminal.ask("settings"), fast)
})

test("a host that does not listen costs the device nothing but a few seconds' patience, and is told later", async (t) => {
  const wear = await ready()
  await wear.terminal.ask("version")
  await wear.link.listenToConsole(false)
  const from = wear.terminal.text.length
  await wear.terminal.type("settings\r")
  await wear.link.advance(10_000)
  t.is(wear.terminal.text.length, from)
  await wear.link.listenToConsole(true)
  await wear.link.advance(1000)
  const rest = wear.terminal.text.slice(from)
  t.true(rest.length < 1100, "no more than the line's own buffer held")
  t.regex(await wear.terminal.ask("version"), /^Patella/)
  t.true(wear.terminal.text.includes("! what the terminal did not take in time is left out\r\n# "))
})

test("after five minutes without a word the console is given up, and comes anew at the next", async (t) => {
  const wear = await ready()
  await wear.terminal.ask("version")
  await wear.link.advance(290_000)
  t.false((await typed("\r", wear)).includes('"help" tells'))
  await wear.link.advance(310_000)
  t.true((await typed("\r", wear)).includes('"help" tells'))
})

test("with the log on it stays", async (t) => {
  const wear = await ready()
  await wear.terminal.ask("log events")
  await wear.link.advance(700_000)
  t.false((await typed("\r", wear)).includes('"help" tells'))
})

test("numbers are written as decimals of their unit", (t) => {
  const decimals = fc.integer({ min: 0, max: 6 })
  const value = fc.integer({ min: -16_000_000, max: 16_000_000 })
  fc.assert(
    fc.property(value, decimals, (value, decimals) => {
      let written = ""
      const write = (bytes: Uint8Array, from: number, to: number) => {
        written += Buffer.from(bytes.subarray(from, to)).toString()
        return to - from
      }
      const output = new ConsoleOutput({ write, close() {} }, 64)
      output.decimal(value, decimals)
      output.flush()
      const unit = 10 ** decimals
      t.is(written, (value / unit).toFixed(decimals).replace(/^-(?=0(\.0*)?$)/, "-"))
    }),
  )
})

const WORDS = COMMANDS.flatMap(({ words, takes }) => [words, takes])
const piece = fc.oneof(
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString("latin1")),
  fc.constantFrom("\r", "\n", "\r\n", "\u0003", "\b", "\u001b[A", " ", "yes\r", "9", "-1", "1e9"),
  fc.constantFrom(...WORDS),
  fc
    .tuple(fc.constantFrom(...WORDS), fc.constantFrom("", " 1", " thresholdDeg 40", " quiet"))
    .map(([word, rest]) => `${word}${rest}\r`),
)

async function scribble(wear: Wear, numRuns: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
      await wear.link.type(Buffer.from(pieces.join(""), "latin1"))
      await wear.link.advance(400)
    }),
    { numRuns },
  )
  await wear.terminal.type("\u0003")
  await wear.link.advance(2000)
  await wear.terminal.type("\u0003log quiet\r")
  await wear.link.advance(2000)
}

test("whatever bytes come, nothing is thrown, no fault is counted, and the console answers afterwards", async (t) => {
  const wear = await ready()
  await scribble(wear, 150)
  t.regex(await wear.terminal.ask("version"), /^Patella/)
  t.deepEqual(wear.eventsNamed("fault"), [])
})

test("XS's live heap is after a session what it was before, whatever was typed", async (t) => {
  const wear = await Wear.boot("xs")
  t.teardown(() => wear.engine.close())
  await wear.link.advance(READY_MS)
  const left = async () => {
    await wear.link.advance(LEFT_MS)
    return (await wear.engine.heap()) ?? { slots: 0, bytes: 0 }
  }
  // What is made once and kept, such as the motor's timer.
  await wear.terminal.ask("test")
  const before = await left()
  await scribble(wear, 40)
  const after = await left()
  t.true(before.slots > 0)
  t.true(after.slots - before.slots <= SLOTS_GROWTH, `${after.slots - before.slots} slots`)
  t.true(after.bytes - before.bytes <= BYTES_GROWTH, `${after.bytes - before.bytes} bytes`)
})
