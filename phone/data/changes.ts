/** Tells who listens that something was kept or deleted, in this window and in the others. */
export class Changes {
  readonly #channel: BroadcastChannel
  readonly #listeners = new Set<() => void>()

  constructor(name: string) {
    this.#channel = new BroadcastChannel(name)
    this.#channel.onmessage = () => this.tellHere()
  }

  /** @returns what ends it */
  listen(listener: () => void): () => void {
    const entry = () => listener()
    this.#listeners.add(entry)
    return () => this.#listeners.delete(entry)
  }

  tell(): void {
    this.#channel.postMessage("changed")
    this.tellHere()
  }

  /** What concerns this window alone. */
  tellHere(): void {
    for (const listener of [...this.#listeners]) listener()
  }

  close(): void {
    this.#listeners.clear()
    this.#channel.close()
  }
}
