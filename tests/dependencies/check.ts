/** `npm run deps`: holds the project's imports against the rules; exit code 1 and a line for each that breaks one. */
import { fileURLToPath } from "node:url"
import { readImports } from "./import-graph"
import { RULES, violations } from "./rules"

const PROJECTS = [
  "src",
  "hosts/virtual",
  "hosts/esp32",
  "hosts/rv32",
  "phone",
  "phone/browser",
  "phone/data",
  "phone/app",
  "simulator",
  "simulator/page",
  "tests",
  "tests/clients/page",
  "tests/phone/data",
]

const imports = await readImports(fileURLToPath(new URL("../..", import.meta.url)), PROJECTS)
const broken = violations(imports)
for (const line of broken) process.stderr.write(`${line}\n`)
process.stdout.write(`${imports.length} imports against ${RULES.length} rules: ${broken.length} broken\n`)
process.exitCode = broken.length ? 1 : 0
