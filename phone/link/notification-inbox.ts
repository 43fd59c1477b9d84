/** Notifications in the order in which they came, until somebody takes them. */

/** Sleeps; the app's timer, or a test's clock. */
export type Wait = (ms: number) => Promise<void>

export interface InboxNote {
  readonly uuid: string
  readonly value: Uint8Array
}

export class NotificationInbox {
  readonly #wait: Wait
  #notes: InboxNote[] = []
  #wake: (() => void) | undefined

  constructor(wait: Wait) {
    this.#wait = wait
  }

  add(uuid: string, value: Uint8Array): void {
    this.#notes.push({ uuid, value })
    this.wake()
  }

  clear(): void {
    this.#notes = []
  }

  /** Whoever waits goes on, with nothing. */
  wake(): void {
    this.#wake?.()
    this.#wake = undefined
  }

  /** @returns undefined when none has come within that time */
  async next(limitMs: number): Promise<InboxNote | undefined> {
    if (this.#notes.length === 0)
      await Promise.race([
        new Promise<void>((resolve) => {
          this.#wake = resolve
        }),
        this.#wait(limitMs),
      ])
    return this.#notes.shift()
  }
}
