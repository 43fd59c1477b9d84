/** The app begins: opens what is kept, and shows the screen that the address tells. */
import { render } from "preact"
import { openData } from "../data/open-data"
import { DeviceLink } from "../link/device-link"
import { App } from "./app-state"
import { finderFor } from "./finder"
import { Frame } from "./frame"
import { installOffer } from "./install"
import { keepOffline } from "./offline"
import { routeOf } from "./route"
import { NotOpened } from "./screens/not-opened"
import { AppContext } from "./use-app"

const root = document.getElementById("app") as HTMLElement

const clock = { nowMs: () => Date.now(), zoneMinutes: (atMs: number) => -new Date(atMs).getTimezoneOffset() }
const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

const offered = installOffer()

async function begin(): Promise<void> {
  try {
    const data = await openData()
    const finder = await finderFor(location.hash)
    const link = new DeviceLink({ finder, keeper: data, clock, wait })
    const app = new App({ data, link, finder }, routeOf(location.hash))
    addEventListener("hashchange", () => app.show(routeOf(location.hash)))
    render(
      <AppContext.Provider value={app}>
        <Frame />
      </AppContext.Provider>,
      root,
    )
    void keepOffline((take) => app.offerUpdate(take))
    void offered.then((install) => app.offerInstall(install))
  } catch (error) {
    render(<NotOpened why={error instanceof Error ? error.message : String(error)} />, root)
  }
}

void begin()
