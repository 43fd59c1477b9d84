/** The contract of `console` from a pipe, in processes of their own. */
import { spawn } from "node:child_process"
import { join } from "node:path"
import test from "ava"
import { parseRecording } from "../../simulator/recording/read-recording"

const PROJECT = join(import.meta.dirname, "../..")

function piped(
  input: string,
  ...parameters: string[]
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(
    process.execPath,
    ["--import=tsx", "simulator/cli/patella.ts", "console", ...parameters],
    { cwd: PROJECT, env: { ...process.env, INIT_CWD: undefined }, stdio: "pipe" },
  )
  const ended = { code: null as number | null, out: "", err: "" }
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    ended.out += text
  })
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    ended.err += text
  })
  child.stdin.end(input)
  return new Promise((resolve) => child.on("close", (code) => resolve({ ...ended, code })))
}

test("line after line is answered, and standard output has nothing else", async (t) => {
  const { code, out, err } = await piped("status\nversion\n")
  t.deepEqual([code, err], [0, ""])
  const lines = out.split("\n")
  t.regex(lines[0] ?? "", /^# Patella .* on virtual/)
  t.is(lines[1], "# status")
  t.true(lines.some((line) => /^sensor +LSM6DSO at 104 Hz/.test(line)))
  t.regex(lines.at(-2) ?? "", /^Patella \d/)
  t.is(lines.at(-1), "")
  t.false(out.includes("\r"))
})

test("what is recorded into a file is a recording", async (t) => {
  const { code, out } = await piped("record 3", "--engine", "node")
  t.is(code, 0)
  const { timeS, gaps } = parseRecording("piped.csv", Buffer.from(out))
  t.true(Math.abs(timeS.length - 3 * 104) < 4)
  t.deepEqual(gaps, [])
})

test("runs are there that were recorded before", async (t) => {
  const { code, out } = await piped("runs\nrun 1\n", "--runs", "1", "--engine", "node")
  t.is(code, 0)
  t.regex(out, /\n1 run, oldest first\nrun 1 /)
  t.regex(out, /\nRun 1: 2:\d\d min, 3 bouts\n/)
})

test("exit code 1 when the device refuses something, 2 when the recording cannot be read", async (t) => {
  const refused = await piped("make coffee\nversion\n", "--engine", "node")
  t.is(refused.code, 1)
  t.regex(refused.out, /\n! there is no "make coffee"[\s\S]*\nPatella/)
  const missing = await piped("status", "--recording", "nowhere.csv")
  t.deepEqual([missing.code, missing.out], [2, ""])
  t.regex(missing.err, /nowhere\.csv: there is no such file/)
  t.is((await piped("status", "--speed", "0")).code, 2)
})

test("nothing to do is done", async (t) => {
  t.deepEqual(await piped("", "--engine", "node"), { code: 0, out: "", err: "" })
})
