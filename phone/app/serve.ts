/** `npm run companion`: builds the companion and serves it on this machine, where browsers allow Bluetooth without https. */
import { Command, InvalidArgumentError } from "commander"
import { preview } from "vite"
import { BUILT_FOLDER, buildApp } from "./build"

const DEFAULT_PORT = 4173
const LARGEST_PORT = 65_535

function port(text: string): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value > LARGEST_PORT)
    throw new InvalidArgumentError(`a port is a whole number from 0 to ${LARGEST_PORT}`)
  return value
}

const program = new Command("npm run companion --")
  .description("the companion, an app for the runner's phone: builds it and serves it on this machine")
  .option("--port <N>", "where it is served, or the next port that is free", port, DEFAULT_PORT)
  .option("--build", "only build it, into phone/dist: files for any web host with https")
  .action(async (options: { port: number; build?: boolean }) => {
    await buildApp()
    if (options.build) {
      process.stdout.write(
        "The companion is built: phone/dist. Any web host with https can serve that folder.\n",
      )
      return
    }
    const server = await preview({
      configFile: false,
      envDir: false,
      logLevel: "warn",
      build: { outDir: BUILT_FOLDER },
      preview: { port: options.port, host: "localhost" },
    })
    const [address] = server.resolvedUrls?.local ?? []
    process.stdout.write(
      `The companion: ${address}\nCtrl-C ends it. A phone needs the folder phone/dist from a web host with https.\n`,
    )
  })

await program.parseAsync()
