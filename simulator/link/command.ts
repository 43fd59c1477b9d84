/**
 * `npm run link [-- PLATFORM …]`: the boards linked by the Moddable SDK, up to where ESP-IDF takes over. Standard output says how large each is and what
 * the tools warned of; exit code 1 when one was not made, warns of a module of ours or lacks a foreign function.
 */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { plainTable } from "../cli/plain-table"
import { ExitCode, UsageError } from "../cli/usage"
import { foreignFunctions, type LinkFigures, linkFigures, linkWarnings } from "./figures"
import { type Linked, link } from "./link"

const PROJECT = fileURLToPath(new URL("../..", import.meta.url))
const SHOWN = 10

interface Outcome {
  figures: LinkFigures | undefined
  wrong: string[]
}

/** @param platforms all that manifest.json knows when there are none. @throws UsageError without the SDK, or for a platform that there is not */
export async function linkCommand(platforms: string[]): Promise<number> {
  const known = knownPlatforms()
  for (const platform of platforms)
    if (!known.includes(platform)) throw new UsageError(`${platform}: there are ${known.join(" and ")}`)
  const rows: string[][] = []
  let failed = false
  for (const platform of platforms.length > 0 ? platforms : known) {
    process.stderr.write(`Linking ${platform} …\n`)
    const { figures, wrong } = judged(await link(platform))
    if (figures) rows.push([platform, ...numbers(figures).map((number) => number.toLocaleString("en-US"))])
    for (const words of wrong.slice(0, SHOWN)) process.stderr.write(`  ✘ ${words}\n`)
    if (wrong.length > SHOWN) process.stderr.write(`  ✘ … and ${wrong.length - SHOWN} more\n`)
    if (wrong.length > 0) failed = true
    else process.stderr.write("  ✔ no warnings of ours, and every foreign function is declared\n")
  }
  if (rows.length > 0) process.stdout.write(`${plainTable(HEAD, ALIGNS, rows)}\n`)
  return failed ? ExitCode.failed : ExitCode.done
}

const HEAD = ["", "code, bytes", "data, bytes", "slots", "slots, bytes", "pointers in RAM, bytes"]
const ALIGNS = HEAD.map((_, column) => (column === 0 ? "left" : "right"))

function numbers({ codeBytes, dataBytes, slots, slotBytes, aliasBytes }: LinkFigures): number[] {
  return [codeBytes, dataBytes, slots, slotBytes, aliasBytes]
}

function judged({ output, source, glue }: Linked): Outcome {
  if (source === undefined)
    return {
      figures: undefined,
      wrong: [`mc.xs.c was not made:\n${output.split("\n").slice(-SHOWN).join("\n")}`],
    }
  const declared = foreignFunctions(glue ?? "")
  return {
    figures: linkFigures(source),
    wrong: [
      ...linkWarnings(output).map(({ module, words }) => `warning: ${module}: ${words}`),
      ...output.split("\n").filter((line) => /\b(error|warning) TS\d+/.test(line)),
      ...calledFunctions()
        .filter((name) => !declared.includes(name))
        .map((name) => `foreign function ${name} is not declared`),
    ],
  }
}

function knownPlatforms(): string[] {
  const { platforms } = JSON.parse(readFileSync(join(PROJECT, "manifest.json"), "utf8"))
  return Object.keys(platforms).filter((name) => name !== "...")
}

/** What the boards' shared manifest says that it calls. */
function calledFunctions(): string[] {
  return Object.keys(JSON.parse(readFileSync(join(PROJECT, "hosts/esp32/shared.json"), "utf8")).ffi.functions)
}
