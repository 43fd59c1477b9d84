/** How the app comes onto the home screen; nothing where it is there, or where the browser has no way. */
import { isOnHomeScreen } from "../install"
import { useApp, useAppState } from "../use-app"
import { Panel } from "./panel"

export function InstallHint() {
  const { finder } = useApp()
  const install = useAppState((state) => state.install)
  if (install)
    return (
      <Panel id="install" title="On your home screen">
        <p>Patella then opens like any other app, also without the internet.</p>
        <button type="button" onClick={install}>
          Install Patella
        </button>
      </Panel>
    )
  if (finder.lack !== "bluetoothOnIphone" || isOnHomeScreen()) return null
  return (
    <Panel id="install" title="On your home screen">
      <p>
        In Safari, tap <strong>Share</strong>, then <strong>Add to Home Screen</strong>. Open Patella from
        there: it starts empty, and keeps what you bring in. What it keeps in Safari itself may be deleted
        when you have not opened it for a week.
      </p>
    </Panel>
  )
}
