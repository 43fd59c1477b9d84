/** What a bystander sees of the device, and what is wrong with it. */
import { clock, count } from "../../number-words"
import { faultWords } from "../../simulation/action-words"
import { usePage } from "../use-page"
import { Panel } from "./panel"

const POWER_WORDS = { on: "on", off: "off", asleep: "asleep" } as const
const BOARD_WORDS = { xiao_esp32c3: "XIAO ESP32C3", m5stick_cplus: "M5StickC Plus" } as const

export function Device() {
  const device = usePage((state) => state.device)
  const playing = usePage((state) => state.playing)
  const phone = usePage((state) => state.phone)
  const isBuzzing = (device?.motorDuty ?? 0) > 0
  const told = phone?.asOfS === undefined ? undefined : phone
  return (
    <Panel
      id="device"
      title="Device"
      aside={
        device && <p class={`tag ${device.power === "on" ? "live" : "stale"}`}>{POWER_WORDS[device.power]}</p>
      }
    >
      <dl class="facts">
        <Fact name="board" value={playing && BOARD_WORDS[playing.board]} />
        <Fact name="sensors" value={playing && (playing.sensors === 2 ? "thigh and shank" : "thigh")} />
        <Fact
          name="cell"
          value={
            device &&
            `${(device.batteryMv / 1000).toFixed(2)} V${told ? `, says ${told.batteryPercent} %` : ""}`
          }
        />
        <Fact name="USB" value={device && (device.supply ? "connected, charges" : "not connected")} />
        <Fact name="motor" value={device && (isBuzzing ? "buzzes" : "still")} />
        <Fact name="calibrated" value={told && (told.calibrated ? "yes" : "not yet")} />
        <Fact name="broken by hand" value={device && listWords(device.faults)} />
        <Fact name="it complains of" value={told && listWords(told.problems)} />
      </dl>
      <p class="note">
        {told === undefined
          ? "No phone has read its status yet."
          : told.link === "connected"
            ? "Charge, calibration and complaints as the phone reads them."
            : `Charge, calibration and complaints as of ${clock(told.asOfS ?? 0)}: ${told.link === "companion" ? "the companion has the link" : "the link is lost"}.`}
      </p>
    </Panel>
  )
}

function Fact({ name, value }: { name: string; value: string | undefined }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value ?? "–"}</dd>
    </div>
  )
}

function listWords(names: readonly string[]): string {
  if (names.length === 0) return "nothing"
  return names.length > 3 ? count(names.length, "thing", "things") : names.map(faultWords).join(", ")
}
