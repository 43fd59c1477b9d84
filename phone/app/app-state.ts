/** What the screens stand on: what is kept, the link to the device, and which screen is shown, as one state of which listeners are told each change. */
import type { CompanionData } from "../data/companion-data"
import type { KeptCoachEntry, KeptDevice, PainScore, Preferences } from "../data/kept"
import type { DeviceLink } from "../link/device-link"
import type { Finder } from "../link/finder"
import type { LinkState } from "../link/link-state"
import type { RunDigest } from "../runs/run-digest"
import type { Route } from "./route"

export interface Kept {
  /** Newest first. */
  readonly digests: readonly RunDigest[]
  readonly devices: readonly KeptDevice[]
  readonly scores: readonly PainScore[]
  readonly coach: readonly KeptCoachEntry[]
  readonly preferences: Preferences
}

/** Never changed: each change makes another. */
export interface AppState {
  readonly route: Route
  readonly link: LinkState
  /** Undefined until it is read for the first time. */
  readonly kept: Kept | undefined
  /** Why what is kept could not be read, in plain words with a way out. */
  readonly trouble: string | undefined
  /** Takes the newer version of the app that has been loaded; this loads the page anew. */
  readonly update: (() => void) | undefined
  /** Puts the app on the home screen, where the browser offers it. */
  readonly install: (() => void) | undefined
}

export interface AppParts {
  readonly data: CompanionData
  readonly link: DeviceLink
  readonly finder: Finder
}

export class App {
  readonly data: CompanionData
  readonly link: DeviceLink
  readonly finder: Finder
  readonly #listeners = new Set<() => void>()
  #state: AppState
  #isReading = false
  #isStale = false

  /** Begins to read what is kept. */
  constructor({ data, link, finder }: AppParts, route: Route) {
    this.data = data
    this.link = link
    this.finder = finder
    this.#state = {
      route,
      link: link.state,
      kept: undefined,
      trouble: undefined,
      update: undefined,
      install: undefined,
    }
    link.listen((state) => this.#tell({ link: state }))
    data.onChange(() => void this.#read())
    void this.#read()
  }

  get state(): AppState {
    return this.#state
  }

  /** @param listener is called after each change. @returns what ends it */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  show(route: Route): void {
    this.#tell({ route })
  }

  offerUpdate(update: () => void): void {
    this.#tell({ update })
  }

  /** @param install can be called once */
  offerInstall(install: () => void): void {
    this.#tell({
      install: () => {
        this.#tell({ install: undefined })
        install()
      },
    })
  }

  /** One reading at a time: what changes meanwhile is read once more after it. */
  async #read(): Promise<void> {
    this.#isStale = true
    if (this.#isReading) return
    this.#isReading = true
    try {
      while (this.#isStale) {
        this.#isStale = false
        this.#tell({ kept: await readKept(this.data), trouble: undefined })
      }
    } catch (error) {
      this.#tell({ trouble: error instanceof Error ? error.message : String(error) })
    } finally {
      this.#isReading = false
    }
  }

  #tell(news: Partial<AppState>): void {
    this.#state = { ...this.#state, ...news }
    for (const listener of this.#listeners) listener()
  }
}

async function readKept(data: CompanionData): Promise<Kept> {
  const [digests, devices, scores, coach, preferences] = await Promise.all([
    data.digests(),
    data.devices(),
    data.scores(),
    data.coachEntries(),
    data.preferences(),
  ])
  return { digests, devices, scores, coach, preferences }
}
