/** The way to a device: one that this browser knows, or the browser's own list. */
import { useEffect, useState } from "preact/hooks"
import { failureOfLack } from "../../link/failure"
import type { FoundDevice } from "../../link/finder"
import { useApp } from "../use-app"
import { ButtonDrawing } from "./button-drawing"
import { FailureNotice } from "./failure-notice"
import { Panel } from "./panel"

/** @param isLost it was connected a moment ago, and is reconnected to without a choice */
export function Connect({ isLost }: { isLost: boolean }) {
  const { finder, link } = useApp()
  const known = useKnown()
  if (finder.lack) return <FailureNotice failure={failureOfLack(finder.lack)} />
  return (
    <Panel id="connect" title="Connect">
      <div class="buttons">
        {isLost && (
          <button type="button" class="primary" onClick={() => void link.reconnect()}>
            Connect again
          </button>
        )}
        {!isLost &&
          known.map((found) => (
            <button key={found.id} type="button" class="primary" onClick={() => void link.reconnect(found)}>
              Connect {found.name || "Patella"}
            </button>
          ))}
        <button
          type="button"
          class={isLost || known.length > 0 ? "" : "primary"}
          onClick={() => void link.choose()}
        >
          Choose a device
        </button>
      </div>
      {!isLost && <FirstTime />}
      <p class="soft">
        Runs stay on the device until this phone has them. Nothing leaves this phone unless you send it.
      </p>
    </Panel>
  )
}

function FirstTime() {
  return (
    <>
      <h3>The first time</h3>
      <div class="first-time">
        <ButtonDrawing />
        <ol class="steps">
          <li>Press the button of the device. A short and a long buzz: a new phone may come in.</li>
          <li>Within a minute, choose “Patella” here.</li>
          <li>Your phone may ask whether to pair. Say yes.</li>
        </ol>
      </div>
    </>
  )
}

/** Devices that need no choice; none where the browser forgets them, or does not tell. */
function useKnown(): readonly FoundDevice[] {
  const { finder } = useApp()
  const [known, setKnown] = useState<readonly FoundDevice[]>([])
  useEffect(() => {
    let isShown = true
    finder.known().then(
      (found) => isShown && setKnown(found),
      () => isShown && setKnown([]),
    )
    return () => {
      isShown = false
    }
  }, [finder])
  return known
}
