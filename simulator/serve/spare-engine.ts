/** An engine with the firmware in it, made before somebody asks for it: a new device then is there at once. */
import type { Engine, EngineName } from "../engine/engine"
import { openFirmware } from "../engine/firmware-engine"

export class SpareEngine {
  readonly #name: EngineName
  readonly #firmware: string
  #next: Promise<Engine> | undefined

  /** @param firmware the script that it runs */
  constructor(name: EngineName, firmware: string) {
    this.#name = name
    this.#firmware = firmware
    this.#open()
  }

  /** @throws Error when the engine is missing, or the firmware fails in it */
  async ready(): Promise<void> {
    await this.#next
  }

  /** Whoever takes it closes it. @throws Error like `ready` */
  async take(): Promise<Engine> {
    const engine = this.#next ?? openFirmware(this.#name, this.#firmware)
    this.#next = undefined
    try {
      return await engine
    } finally {
      this.#open()
    }
  }

  async close(): Promise<void> {
    const engine = this.#next
    this.#next = undefined
    await engine?.then(
      (opened) => opened.close(),
      () => {},
    )
  }

  #open(): void {
    this.#next = openFirmware(this.#name, this.#firmware)
    // Whoever takes it is told.
    this.#next.catch(() => {})
  }
}
