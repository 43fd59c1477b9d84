/** The device: connecting, letting this phone in, fetching its runs, and what can be set about it. */
import { isConnected } from "../../link/link-state"
import { Connect } from "../parts/connect"
import { ConnectedDevice } from "../parts/connected-device"
import { FailureNotice } from "../parts/failure-notice"
import { KnownDevices } from "../parts/known-devices"
import { Pairing } from "../parts/pairing"
import { Screen } from "../parts/screen"
import { SyncPanel } from "../parts/sync-panel"
import { hashOf } from "../route"
import { useApp, useAppState } from "../use-app"

export function DeviceScreen() {
  const { link } = useApp()
  const state = useAppState((all) => all.link)
  const { phase, failure, retry, device, sync } = state
  const isOn = isConnected(state)
  const isOnTheWay = phase === "choosing" || phase === "connecting"
  return (
    <Screen title="Device">
      {failure && phase !== "pairing" && <FailureNotice failure={failure} />}
      {retry && (
        <div class="panel">
          <p>
            The connection is being found again: try {retry.count} of {retry.limit}. What has come is kept.
          </p>
          <Cancel words="Stop trying" cancel={() => link.disconnect()} />
        </div>
      )}
      {isOnTheWay && !retry && (
        <div class="panel">
          <p>{phase === "choosing" ? "Choose Patella in the list of your browser." : "Connecting…"}</p>
          <Cancel words="Cancel" cancel={() => link.disconnect()} />
        </div>
      )}
      {phase === "pairing" && <Pairing cancel={() => link.disconnect()} />}
      {sync && <SyncPanel sync={sync} isUnderWay={phase === "syncing"} />}
      {isOn && device && (
        <>
          <nav class="buttons" aria-label="More of the device">
            <a class="button" href={hashOf({ screen: "calibrate" })}>
              Calibrate
            </a>
            <a class="button" href={hashOf({ screen: "settings" })}>
              Settings and check
            </a>
          </nav>
          <ConnectedDevice device={device} phase={phase} />
        </>
      )}
      {(phase === "idle" || (phase === "lost" && !retry)) && <Connect isLost={phase === "lost"} />}
      {!isOn && <KnownDevices />}
    </Screen>
  )
}

function Cancel({ words, cancel }: { words: string; cancel: () => Promise<void> }) {
  return (
    <button type="button" onClick={() => void cancel()}>
      {words}
    </button>
  )
}
