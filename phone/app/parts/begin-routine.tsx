/** How a routine is begun: on the connected device by a tap, or by the device's own button. */
import { useState } from "preact/hooks"
import { WRITTEN_ROUTINES } from "../../../routines/library"
import { STOP_RULE } from "../../../routines/safety"
import type { WrittenRoutine } from "../../../routines/written-routine"
import { isConnected } from "../../link/link-state"
import { beginRefused, buttonSteps } from "../coach/coach-words"
import { hashOf } from "../route"
import { useApp, useAppState } from "../use-app"
import { Panel } from "./panel"

export function BeginRoutine({ routine }: { routine: WrittenRoutine }) {
  const isOn = useAppState((state) => isConnected(state.link))
  return (
    <Panel id="begin" title="Begin">
      <p>{STOP_RULE}</p>
      {isOn ? (
        <OnDevice routine={routine} />
      ) : (
        <a class="button primary" href={hashOf({ screen: "device" })}>
          Connect your device
        </a>
      )}
      <details key={String(isOn)} open={!isOn}>
        <summary>By the button, without this phone</summary>
        <ol class="button-steps">
          {buttonSteps(WRITTEN_ROUTINES.indexOf(routine) + 1).map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ol>
      </details>
    </Panel>
  )
}

function OnDevice({ routine }: { routine: WrittenRoutine }) {
  const { link } = useApp()
  const why = useAppState((state) => state.link.status && beginRefused(routine, state.link.status))
  const [isRefused, setIsRefused] = useState(false)
  const begin = async () => {
    setIsRefused(false)
    if (await link.askCoach("start", routine.id)) location.hash = hashOf({ screen: "player" })
    else setIsRefused(true)
  }
  if (why === "run") return <p>A run is open on your device. End it first.</p>
  if (why === "calibration")
    return (
      <>
        <p>This routine counts bends, and the device does not know yet how it sits.</p>
        <a class="button primary" href={hashOf({ screen: "calibrate" })}>
          Calibrate first
        </a>
      </>
    )
  return (
    <>
      <button type="button" class="primary" onClick={() => void begin()}>
        Begin on the device
      </button>
      <p class="outcome" role="status">
        {isRefused &&
          "The device did not begin it. Is it near, and is its firmware up to date? Then try again."}
      </p>
    </>
  )
}
