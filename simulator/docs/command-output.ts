/** What commands in the documents print on a terminal without colours, run as a reader would run them. */
import { spawn } from "node:child_process"
import { arch, availableParallelism, platform } from "node:os"
import { stripVTControlCharacters } from "node:util"

/** `npm start -- --headless` without npm's own two lines. The progress line, which is gone when it ends, is left out. */
export async function startOutput(): Promise<string> {
  const command = ["--import=tsx", "simulator/cli/patella.ts", "start", "--headless"]
  const { out } = await run(process.execPath, command)
  return printed(out)
}

const SERIES = ["simulate", "first-run", "--runs", "10"]

/** A series of runs, with what it took, which is told at the end on standard error. */
export async function seriesOutput(): Promise<string> {
  const { out, err } = await run(process.execPath, ["--import=tsx", "simulator/cli/patella.ts", ...SERIES])
  const [command, ...parameters] = SERIES
  const called = `npm run --silent ${command} -- ${parameters.join(" ")}`
  return printed(`$ ${called}\n\n${out}\n${err.trim().split("\n").at(-1)}`)
}

const SKIPPED = [/^\s*$/, /^npm (warn|notice)/, /^> patella@/, /^-+\|/]
/** A test that passed, and a file in the table of coverage. */
const DETAIL = /^ +(✔|─)|^ +\S+ +\|/
/** Between them stands what tests print, refusals that they provoke among it. */
const TESTS_BEGIN = /^> .*\bava\b/
const TESTS_END = /^ +\d+ tests? passed/

/** `npm test`, shortened. @throws Error when it fails. */
export async function testOutput(): Promise<string> {
  const { all } = await run("npm", ["test"])
  return printed(shortened(all))
}

/** Single tests and files become dots; what npm says of itself and empty lines go. */
export function shortened(output: string): string {
  const kept: string[] = []
  let areTestsRunning = false
  for (const line of output.split("\n")) {
    if (TESTS_END.test(line)) areTestsRunning = false
    if (SKIPPED.some((skipped) => skipped.test(line))) continue
    const text = areTestsRunning || DETAIL.test(line) ? "  …" : line.trimEnd()
    if (text !== kept.at(-1)) kept.push(text)
    if (TESTS_BEGIN.test(line)) areTestsRunning = true
  }
  return kept.join("\n")
}

function printed(output: string): string {
  const day = new Date().toISOString().slice(0, "2026-01-01".length)
  const machine = `${platform()} ${arch()}, ${availableParallelism()} cores`
  return `\`\`\`text\n${output.trim()}\n\`\`\`\n\nPrinted on ${day} by Node ${process.version} on ${machine}.`
}

/** How much of a failed command's output the error carries. */
const TAIL_CHARACTERS = 2000

/** Standard output, standard error, and both as they came. @throws Error with its end when the command fails. */
function run(command: string, parameters: string[]): Promise<{ out: string; err: string; all: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, parameters, {
      // Whoever called with --silent does not mean this one.
      env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined, npm_config_loglevel: undefined },
      stdio: ["ignore", "pipe", "pipe"],
    })
    let out = ""
    let err = ""
    let all = ""
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text
      all += text
    })
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      err += text
      all += text
    })
    child.on("error", reject)
    child.on("close", (code) => {
      if (code === 0) {
        const plain = stripVTControlCharacters
        resolve({ out: plain(out), err: plain(err), all: plain(all) })
        return
      }
      const name = [command, ...parameters].join(" ")
      reject(new Error(`${name} ended with ${code}; the end of its output:\n${all.slice(-TAIL_CHARACTERS)}`))
    })
  })
}
