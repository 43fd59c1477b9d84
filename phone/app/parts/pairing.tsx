/** The device does not know this phone yet: what to press, and what is then felt. */
import { ButtonDrawing } from "./button-drawing"
import { Panel } from "./panel"

export function Pairing({ cancel }: { cancel: () => Promise<void> }) {
  return (
    <Panel id="pairing" title="Press the button of the device">
      <div class="first-time">
        <ButtonDrawing />
        <div>
          <p>
            Press it <strong>once</strong>. A short and a long buzz say that a new phone may come in for a
            minute. This phone goes on by itself.
          </p>
          <p class="soft">So only phones that you let in can read your runs. It keeps the last three.</p>
        </div>
      </div>
      <button type="button" onClick={() => void cancel()}>
        Cancel
      </button>
    </Panel>
  )
}
