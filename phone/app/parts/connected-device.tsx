/** The device that is connected: how it is, what it is called and where it is worn, and what it can be asked to do. */
import { useState } from "preact/hooks"
import { noticeOf } from "../../link/failure"
import type { LinkDevice, LinkPhase } from "../../link/link-state"
import { useApp, useAppState } from "../use-app"
import { DeviceName } from "./device-name"
import { FailureNotice } from "./failure-notice"
import { Panel } from "./panel"

/** The setting "leg" of the device, by its values. */
const LEGS = ["As the device finds out", "Left knee", "Right knee"] as const

export function ConnectedDevice({ device, phase }: { device: LinkDevice; phase: LinkPhase }) {
  const { link } = useApp()
  const status = useAppState((state) => state.link.status)
  const notice = status && noticeOf(status)
  return (
    <>
      {notice && <FailureNotice failure={notice} />}
      <Panel id="connected" title={device.name}>
        <dl class="facts">
          <div>
            <dt>Battery</dt>
            <dd>
              {device.batteryPercent} %{device.isCharging && ", charging"}
            </dd>
          </div>
          <div>
            <dt>Worn on</dt>
            <dd>{device.side === "unknown" ? "not known yet" : `${device.side} knee`}</dd>
          </div>
          <div>
            <dt>Firmware</dt>
            <dd>{device.firmware}</dd>
          </div>
          <div>
            <dt>Board</dt>
            <dd>{device.board}</dd>
          </div>
        </dl>
        <div class="buttons">
          {phase === "ready" && (
            <button type="button" class="primary" onClick={() => void link.sync()}>
              Look for new runs
            </button>
          )}
          <FindMe />
          <button type="button" onClick={() => void link.disconnect()}>
            Disconnect
          </button>
        </div>
      </Panel>
      <Panel id="name-and-side" title="Name and side">
        <DeviceName key={device.id} name={device.name} />
        <Leg />
      </Panel>
    </>
  )
}

function FindMe() {
  const { link } = useApp()
  const [isAsked, setIsAsked] = useState(false)
  return (
    <>
      <button type="button" onClick={async () => setIsAsked(await link.command("findMe"))}>
        Find it
      </button>
      {isAsked && <span role="status">It buzzes now.</span>}
    </>
  )
}

function Leg() {
  const { link } = useApp()
  const leg = useAppState((state) => state.link.settings?.leg)
  if (leg === undefined) return null
  return (
    <fieldset class="choices">
      <legend>Worn above</legend>
      {LEGS.map((words, value) => (
        <label key={words}>
          <input
            type="radio"
            name="leg"
            checked={leg === value}
            onChange={() => void link.set("leg", value)}
          />
          <span>{words}</span>
        </label>
      ))}
    </fieldset>
  )
}
