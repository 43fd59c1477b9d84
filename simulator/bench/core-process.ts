/**
 * QEMU with the RV32 core's image as a process, and two named pipes to the program that runs in it (hosts/rv32/wire.c). Instructions are
 * counted exactly: with `-icount shift=0` QEMU's counter moves by one an instruction.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process"
import { constants, mkdtempSync, openSync, rmSync } from "node:fs"
import { Socket } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { CORE_IMAGE, QEMU } from "./toolchain"

/** A pipe that is opened to both sides opens at once, whether anybody is at the other end or not. */
const OPEN_MODE = constants.O_RDWR | constants.O_NONBLOCK
const OPTIONS = [
  ...["-machine", "virt", "-bios", "none", "-display", "none", "-serial", "none", "-monitor", "none"],
  ...["-cpu", "rv32,a=false,f=false,d=false", "-icount", "shift=0"],
  ...["-semihosting-config", "enable=on,target=native", "-kernel", CORE_IMAGE],
]

export class CoreProcess {
  readonly #process: ChildProcess
  readonly #folder = mkdtempSync(join(tmpdir(), "patella-rv32-"))
  readonly #orders: Socket
  readonly #answers: Socket
  readonly #leave = () => this.close()
  #complaints = ""

  /** @param onEnd told once, when the process could not be started or has ended */
  constructor(onData: (chunk: Buffer) => void, onEnd: (error: Error) => void) {
    const orders = join(this.#folder, "orders")
    const answers = join(this.#folder, "answers")
    execFileSync("mkfifo", [orders, answers])
    this.#orders = new Socket({ fd: openSync(orders, OPEN_MODE), readable: false, writable: true })
    this.#answers = new Socket({ fd: openSync(answers, OPEN_MODE), readable: true, writable: false })
    this.#answers.on("data", onData)
    for (const pipe of [this.#orders, this.#answers]) pipe.on("error", onEnd)
    this.#process = spawn(QEMU, OPTIONS, { cwd: this.#folder, stdio: ["ignore", "pipe", "pipe"] })
    for (const stream of [this.#process.stdout, this.#process.stderr])
      stream?.on("data", (chunk: Buffer) => {
        this.#complaints += chunk.toString()
      })
    this.#process.on("error", onEnd)
    this.#process.on("exit", (code, signal) =>
      onEnd(new Error(`the RV32 core ended (${signal ?? code}) ${this.#complaints.trim()}`.trim())),
    )
    process.once("exit", this.#leave)
  }

  write(bytes: Uint8Array): void {
    this.#orders.write(bytes)
  }

  close(): void {
    process.off("exit", this.#leave)
    // It has nothing to keep, and hears no gentler signal while its program waits for an order.
    this.#process.kill("SIGKILL")
    this.#orders.destroy()
    this.#answers.destroy()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
