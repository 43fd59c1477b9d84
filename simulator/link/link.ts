/**
 * Builds a board with the Moddable SDK as far as that goes without ESP-IDF: mcconfig resolves the manifest, TypeScript and XS compile every module, XS
 * links them with what is preloaded. Written to build/link.
 */
import { spawn } from "node:child_process"
import { existsSync, readdirSync } from "node:fs"
import { mkdir, readFile, rm, utimes, writeFile } from "node:fs/promises"
import { delimiter, join } from "node:path"
import { fileURLToPath } from "node:url"
import { UsageError } from "../cli/usage"

const PROJECT = fileURLToPath(new URL("../..", import.meta.url))
const LINK_FOLDER = join(PROJECT, "build/link")
const SDK_VERSION = "8.2.3"
/** build/bin/… of the SDK, by what Node calls the machine. */
const TOOL_FOLDERS: Record<string, string> = { darwin: "mac", linux: "lin" }
const DAY_MS = 24 * 60 * 60 * 1000

export interface Linked {
  /** All that the tools said. */
  output: string
  /** mc.xs.c and mc.ffi.c; undefined when they were not made. */
  source: string | undefined
  glue: string | undefined
}

/** @param platform as "esp32/xiao_esp32c3". @throws UsageError when the SDK is not there */
export async function link(platform: string): Promise<Linked> {
  const tools = sdkTools()
  const output = join(LINK_FOLDER, platform.replaceAll("/", "-"))
  await rm(output, { recursive: true, force: true })
  await mkdir(output, { recursive: true })
  const env = {
    ...process.env,
    IDF_PATH: process.env.IDF_PATH ?? (await standInForIdf()),
    PATH: [join(PROJECT, "node_modules/.bin"), tools, process.env.PATH].join(delimiter),
  }
  const configured = await run("mcconfig", ["-p", platform, "-o", output], PROJECT, env)
  const folder = join(output, "tmp", platform, "release/patella")
  if (configured.failed || !existsSync(folder))
    return { output: configured.said, source: undefined, glue: undefined }
  await settleIdf(folder)
  const made = await run("make", ["-f", "makefile", join(folder, "mc.xs.c")], folder, env)
  return {
    output: configured.said + made.said,
    source: made.failed ? undefined : await textOf(join(folder, "mc.xs.c")),
    glue: await textOf(join(folder, "mc.ffi.c")),
  }
}

function sdkTools(): string {
  const sdk = process.env.MODDABLE
  if (!sdk)
    throw new UsageError(
      `MODDABLE is not set: it is to say where the Moddable SDK ${SDK_VERSION} is, with its tools built (docs/building-for-a-board.md)`,
    )
  const tools = join(sdk, "build/bin", TOOL_FOLDERS[process.platform] ?? process.platform, "release")
  if (!existsSync(join(tools, "mcconfig")))
    throw new UsageError(
      `MODDABLE=${sdk}: there is no ${join(tools, "mcconfig")}: the SDK's tools are not built`,
    )
  return tools
}

/** The SDK's makefile only asks which version ESP-IDF's repository has, on this way. */
async function standInForIdf(): Promise<string> {
  const folder = join(LINK_FOLDER, "idf")
  if (existsSync(join(folder, ".git"))) return folder
  await mkdir(folder, { recursive: true })
  await run("git", ["init", "-q"], folder, process.env)
  const who = ["-c", "user.name=patella", "-c", "user.email=patella"]
  await run("git", [...who, "commit", "-q", "--allow-empty", "-m", "stands for ESP-IDF"], folder, process.env)
  return folder
}

/** ESP-IDF would be configured first if its settings were older than the SDK's. */
async function settleIdf(folder: string): Promise<void> {
  const project = readdirSync(folder).find((name) => name.startsWith("xsProj-"))
  if (project === undefined) return
  const config = join(folder, project, "build/config")
  await mkdir(config, { recursive: true })
  const header = join(config, "sdkconfig.h")
  await writeFile(header, "")
  const tomorrow = new Date(Date.now() + DAY_MS)
  await utimes(header, tomorrow, tomorrow)
}

function run(
  command: string,
  parameters: string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<{ failed: boolean; said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, parameters, { cwd, env, stdio: ["ignore", "pipe", "pipe"] })
    let said = ""
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (words) => (said += words))
    child.on("error", reject)
    child.on("close", (code) => resolve({ failed: code !== 0, said }))
  })
}

async function textOf(path: string): Promise<string | undefined> {
  return existsSync(path) ? readFile(path, "utf8") : undefined
}
