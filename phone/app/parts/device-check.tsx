/** How the device is: battery, what is wrong with it, its test of itself, and what it can be asked to let feel. */
import { useState } from "preact/hooks"
import type { LinkDevice } from "../../link/link-state"
import { selfTestLines, troubles } from "../status-words"
import { useApp, useAppState } from "../use-app"
import { Panel } from "./panel"

const NO_ANSWER = "The device cannot do that now. Try again in a moment."

export function DeviceCheck({ device }: { device: LinkDevice }) {
  const { link } = useApp()
  const [answer, setAnswer] = useState("")
  const ask = async (deed: Promise<boolean>, done: string) => setAnswer((await deed) ? done : NO_ANSWER)
  return (
    <Panel id="check" title="Check">
      <p>
        Battery: <strong>{device.batteryPercent} %</strong>
        {device.isCharging && ", charging"}
      </p>
      <Troubles />
      <div class="buttons">
        <button
          type="button"
          onClick={() => void ask(link.command("testBuzz"), "It buzzes now, as when it has been enough.")}
        >
          Test buzz
        </button>
        <button type="button" onClick={() => void ask(link.command("findMe"), "It buzzes now.")}>
          Find it
        </button>
        <button type="button" onClick={() => void ask(link.selfTest(), "It has tested itself.")}>
          Self-test
        </button>
      </div>
      <p role="status">{answer}</p>
      <SelfTest />
    </Panel>
  )
}

function Troubles() {
  const status = useAppState((state) => state.link.status)
  if (!status) return null
  const found = troubles(status)
  if (found.length === 0) return <p>The device finds nothing wrong with itself.</p>
  return (
    <ul class="reasons">
      {found.map(({ happened, toDo }) => (
        <li key={happened}>
          <strong>{happened}</strong> {toDo}
        </li>
      ))}
    </ul>
  )
}

function SelfTest() {
  const result = useAppState((state) => state.link.selfTest)
  if (!result) return null
  return (
    <ul class="self-test" aria-label="Self-test">
      {selfTestLines(result).map(({ isWell, words }) => (
        <li key={words} class={isWell ? "" : "wrong"}>
          {isWell ? "✓" : "✗"} {words}
        </li>
      ))}
    </ul>
  )
}
