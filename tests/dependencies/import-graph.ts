/**
 * Who imports whom, types included, as the TypeScript compiler sees it (`tsc --explainFiles`): tools that bring a parser of
 * their own drop `import type` or need the JavaScript API that TypeScript 7 no longer has.
 */
import { spawn } from "node:child_process"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"

export interface Import {
  /** Paths from the project's root; a package is `node_modules/<name>`. */
  from: string
  to: string
}

const requireHere = createRequire(import.meta.url)
const TSC = join(dirname(requireHere.resolve("typescript/package.json")), "bin/tsc")
/** A listed file's path stands at the start of its line, the reasons why it is there below it, indented. */
const LISTED_FILE = /^(\S+\.(?:[mc]?tsx?|json))$/
const REASON = /^\s+Imported via .+ from file '(.+?)'/
const PACKAGE = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)\/.*$/

/** The imports of the projects (folders with a tsconfig.json) under `root`, each once. */
export async function readImports(root: string, projects: string[]): Promise<Import[]> {
  const found = new Map<string, Import>()
  for (const listing of await Promise.all(projects.map((project) => explainFiles(root, project)))) {
    let to = ""
    for (const line of listing.split("\n")) {
      to = LISTED_FILE.exec(line)?.[1] ?? to
      const from = REASON.exec(line)?.[1]
      if (from === undefined || from.includes("node_modules/")) continue
      const name = to.replace(PACKAGE, "node_modules/$1")
      found.set(`${from} ${name}`, { from, to: name })
    }
  }
  return [...found.values()]
}

/** Type errors do not matter here (`npm run types` finds them), so neither does the exit code. */
function explainFiles(root: string, project: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const tsc = spawn(process.execPath, [TSC, "-p", project, "--noEmit", "--explainFiles"], { cwd: root })
    let listing = ""
    tsc.stdout.setEncoding("utf8").on("data", (text: string) => {
      listing += text
    })
    tsc.on("error", reject)
    tsc.on("close", () => {
      if (LISTED_FILE.test(listing.split("\n").find((line) => LISTED_FILE.test(line)) ?? "")) resolve(listing)
      else reject(new Error(`tsc -p ${project} --explainFiles listed no file: ${listing.slice(0, 400)}`))
    })
  })
}
