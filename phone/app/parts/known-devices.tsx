/** Devices whose runs are on this phone, as they were when last connected. */
import { useAppState } from "../use-app"
import { Panel } from "./panel"

/** By the phone's clock, which told it. */
const DAY = new Intl.DateTimeFormat("en-GB", { dateStyle: "long" })

export function KnownDevices() {
  const devices = useAppState((state) => state.kept?.devices)
  if (!devices || devices.length === 0) return null
  return (
    <Panel id="known" title="Your devices">
      <ul class="known">
        {devices.map(({ id, name, side, firmware, seenMs }) => (
          <li key={id}>
            <strong>{name}</strong>
            <span>{side === "unknown" ? "side not known" : `${side} knee`}</span>
            <span class="soft">
              firmware {firmware}, last connected {DAY.format(seenMs)}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
