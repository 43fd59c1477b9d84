/**
 * A private D-Bus for one process: a dbus-daemon with a socket and a configuration in a folder of its own, on which anyone of the same user may
 * own org.bluez. It ends with this process, however that ends.
 */
import { type ChildProcess, spawn } from "node:child_process"
import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

const CONFIGURATION = (
  socket: string,
) => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>system</type>
  <listen>unix:path=${socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`
/**
 * The shell ends with the daemon, and takes the daemon along when its own input ends, which it does with whoever holds the other end; the folder ($1) goes
 * with them.
 */
const GUARD = `folder=$1; shift; exec 3<&0; "$@" & daemon=$!; { read -r end <&3; kill "$daemon"; } & guard=$!
wait "$daemon"; code=$?; kill "$guard" 2>/dev/null; rm -r "$folder"; exit "$code"`
const COMMAND_NOT_FOUND = 127

export interface BusDaemon {
  readonly address: string
  close(): Promise<void>
}

/** @throws Error that says what to install when there is no dbus-daemon. */
export async function startBusDaemon(command = "dbus-daemon"): Promise<BusDaemon> {
  const folder = mkdtempSync(join(tmpdir(), "patella-bluez-"))
  const configuration = join(folder, "bus.conf")
  const socket = join(folder, "bus")
  writeFileSync(configuration, CONFIGURATION(socket))
  const daemon = spawn(
    "sh",
    [
      "-c",
      GUARD,
      "sh",
      folder,
      command,
      `--config-file=${configuration}`,
      "--nofork",
      "--nopidfile",
      "--print-address",
    ],
    // A group of its own: what interrupts this process in a terminal reaches the daemon by the end of its input alone.
    { stdio: ["pipe", "pipe", "pipe"], detached: true },
  )
  const close = async () => {
    if (daemon.exitCode === null && daemon.signalCode === null) {
      const gone = new Promise((resolve) => daemon.once("exit", resolve))
      daemon.stdin.end()
      await gone
    }
  }
  try {
    await listening(daemon, command)
  } catch (error) {
    await close()
    throw error
  }
  return { address: `unix:path=${socket}`, close }
}

/** The daemon prints its address once it listens. */
function listening(daemon: ChildProcess, command: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let complaint = ""
    daemon.stderr?.on("data", (text) => {
      complaint += text
    })
    daemon.stdout?.once("data", () => resolve())
    daemon.once("error", reject)
    daemon.once("close", (code) => {
      const missing = `${command} is missing: it carries D-Bus. Debian and Ubuntu: apt-get install dbus`
      reject(
        new Error(code === COMMAND_NOT_FOUND ? missing : `${command} ended (${code}): ${complaint.trim()}`),
      )
    })
  })
}
