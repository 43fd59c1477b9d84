/** Opens an address in the user's browser, by the desktop's own command. */
import { spawn } from "node:child_process"

/** On any other system there is a desktop after freedesktop.org, or none. */
const COMMANDS: Partial<Record<NodeJS.Platform, [command: string, ...parameters: string[]]>> = {
  darwin: ["open"],
  // `start` is the shell's own; its first quoted word would be a title.
  win32: ["cmd", "/c", "start", ""],
}

/** What fails is said on standard error, with what to do: the page is served all the same. */
export function openInBrowser(address: string, platform: NodeJS.Platform = process.platform): void {
  const [command, ...parameters] = COMMANDS[platform] ?? ["xdg-open"]
  const child = spawn(command, [...parameters, address], { stdio: "ignore", detached: true })
  const failed = (why: string) => process.stderr.write(`--open: ${why}; open ${address} yourself\n`)
  child.on("error", ({ message }) => failed(message))
  child.on("exit", (code) => {
    if (code) failed(`${command} ended with ${code}`)
  })
  child.unref()
}
