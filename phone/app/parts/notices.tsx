/** What has to be said on every screen: what is kept cannot be read, or a newer version of the app is here. */

import { useAppState } from "../use-app"
import { OfflineNotice } from "./offline-notice"

/** Loading anew would break these off. */
const BUSY = ["choosing", "connecting", "pairing", "syncing"]

export function Notices() {
  const trouble = useAppState((state) => state.trouble)
  const update = useAppState((state) => state.update)
  const isBusy = useAppState(({ link }) => BUSY.includes(link.phase) || link.retry !== undefined)
  return (
    <>
      <OfflineNotice />
      {trouble !== undefined && (
        <div class="notice" role="alert">
          <p>{trouble}</p>
          <button type="button" onClick={() => location.reload()}>
            Reload
          </button>
        </div>
      )}
      {update && (
        <section class="notice" aria-label="Newer version">
          <p>A newer version of this app is here. {isBusy && "It can be taken when your device is done."}</p>
          <button type="button" disabled={isBusy} onClick={update}>
            Take it
          </button>
        </section>
      )}
    </>
  )
}
