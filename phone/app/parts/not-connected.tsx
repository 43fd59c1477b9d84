/** In place of what needs a device: the way to one, and since when it is gone. */
import { hashOf } from "../route"
import { useApp, useAppState } from "../use-app"
import { FailureNotice } from "./failure-notice"

/** By the phone's clock. */
const TIME = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" })

interface NotConnectedProps {
  /** What a connection is for here. */
  purpose: string
  /** Unix time at which the connection was lost, ms. */
  sinceMs?: number | undefined
}

export function NotConnected({ purpose, sinceMs }: NotConnectedProps) {
  const { link } = useApp()
  const state = useAppState((all) => all.link)
  const isLost = state.phase === "lost"
  return (
    <>
      {isLost && state.failure && <FailureNotice failure={state.failure} />}
      <section class="panel" aria-label="Not connected">
        <p>
          {isLost && sinceMs !== undefined && <strong>No connection since {TIME.format(sinceMs)}. </strong>}
          {purpose}
        </p>
        <div class="buttons">
          {isLost && !state.retry && (
            <button type="button" class="primary" onClick={() => void link.reconnect()}>
              Connect again
            </button>
          )}
          <a class={isLost ? "button" : "button primary"} href={hashOf({ screen: "device" })}>
            {isLost ? "To the device" : "Connect your device"}
          </a>
        </div>
      </section>
    </>
  )
}
