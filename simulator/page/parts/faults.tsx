/** What can go wrong, or be done to the device, by hand. */
import { useEffect, useRef, useState } from "preact/hooks"
import type { Action } from "../../simulation/action"
import { act } from "../player"
import { usePage } from "../use-page"
import { Panel } from "./panel"

const LINK_LOST_S = 20
const POWER_CUT_S = 3
const SLIP_DEG = 12
/** A cell that is as good as empty, and a full one, mV (src/device/battery-level.ts: off below 3400). */
const EMPTY_CELL_MV = 3300
const FULL_CELL_MV = 4100

export function Faults() {
  const isOn = usePage(
    (state) => state.phase === "running" || state.phase === "paused" || state.phase === "ready",
  )
  const isUnplugged = usePage((state) => state.device?.faults.includes("thighAbsent") ?? false)
  const isSupplied = usePage((state) => state.device?.supply ?? false)
  const isEmpty = usePage((state) => (state.device?.batteryMv ?? FULL_CELL_MV) <= EMPTY_CELL_MV)
  const one = (words: string, action: Action, what: string) => (
    <button type="button" disabled={!isOn} title={what} onClick={() => act(action)}>
      {words}
    </button>
  )
  return (
    <Panel id="faults" title="What if …" class="faults">
      <div class="fault-groups">
        <Group name="Something fails">
          {isUnplugged
            ? one(
                "Plug the sensor in",
                { do: "fault", fault: "thighAbsent", on: false },
                "The motion sensor answers again",
              )
            : one(
                "Unplug the sensor",
                { do: "fault", fault: "thighAbsent", on: true },
                "The motion sensor does not answer any more",
              )}
          {one(
            "Drop the link",
            { do: "loseLink", forS: LINK_LOST_S },
            `The phone is out of reach for ${LINK_LOST_S} s`,
          )}
          {one(
            "Cut the power",
            { do: "cutPower", forS: POWER_CUT_S },
            `The cell falls out for ${POWER_CUT_S} s`,
          )}
          {one("Fill the flash", { do: "fillFlash" }, "As full of runs as after years")}
        </Group>
        <Group name="The strap">
          {one(
            "Turn it",
            { do: "slipStrap", angleDeg: SLIP_DEG, around: "thigh" },
            `By ${SLIP_DEG}° around the thigh`,
          )}
          {one(
            "Tip it",
            { do: "slipStrap", angleDeg: SLIP_DEG, around: "knee" },
            `By ${SLIP_DEG}° about the knee’s axis`,
          )}
        </Group>
        <Group name="The battery">
          {isEmpty
            ? one("Fill it", { do: "battery", mv: FULL_CELL_MV }, "A full cell")
            : one("Drain it", { do: "battery", mv: EMPTY_CELL_MV }, "A cell that is as good as empty")}
          {isSupplied
            ? one("Take USB away", { do: "battery", supply: false }, "It runs on its cell")
            : one("Plug USB in", { do: "battery", supply: true }, "It charges")}
        </Group>
        <Group name="The button">
          {one("Press", { do: "press", button: "short" }, "Short: a phone may pair")}
          {one("Press twice", { do: "press", button: "double" }, "It hurts: the mark is kept with the run")}
          {one(
            "Hold",
            { do: "press", button: "long" },
            "What a long press does stands in docs/calibration.md",
          )}
        </Group>
        <Threshold isOn={isOn} />
      </div>
    </Panel>
  )
}

function Group({ name, children }: { name: string; children: preact.ComponentChildren }) {
  return (
    <fieldset class="fault-group">
      <legend>{name}</legend>
      <div class="buttons">{children}</div>
    </fieldset>
  )
}

/** Written by the phone; one that is out of reach writes it when it is back. */
function Threshold({ isOn }: { isOn: boolean }) {
  const setting = usePage((state) => state.settings.find(({ name }) => name === "thresholdDeg"))
  const playing = usePage((state) => state.playing)
  const written = usePage((state) =>
    state.done.filter((action) => action.do === "set" && action.setting === "thresholdDeg").at(-1),
  )
  const isLinked = usePage((state) => state.phone?.link === "connected")
  const value = written?.do === "set" ? written.value : (playing?.thresholdDeg ?? setting?.value ?? 30)
  const [shown, setShown] = useState(value)
  // Until it is done: what was asked for before it must not move the slider back.
  const asked = useRef<number | undefined>(undefined)
  useEffect(() => {
    if (asked.current !== undefined && asked.current !== value) return
    asked.current = undefined
    setShown(value)
  }, [value])
  useEffect(() => {
    asked.current = undefined
    setShown(value)
  }, [playing])
  return (
    <fieldset class="fault-group threshold">
      <legend>The threshold</legend>
      {/* By name: the first thing in it that can have a label is the output. */}
      <label for="threshold-slider">
        <span>
          Count bends past <output>{shown}°</output>
        </span>
        <input
          id="threshold-slider"
          type="range"
          min={setting?.min ?? 20}
          max={setting?.max ?? 60}
          step={1}
          value={shown}
          disabled={!isOn}
          onInput={({ currentTarget }) => {
            // At once, and not when it is let go: an effect that waits for the next drawing runs in between.
            asked.current = currentTarget.valueAsNumber
            setShown(asked.current)
          }}
          onChange={({ currentTarget }) =>
            act({ do: "set", setting: "thresholdDeg", value: currentTarget.valueAsNumber })
          }
        />
      </label>
      <p class="note">
        {isLinked ? "The phone writes it over Bluetooth." : "The phone writes it once it is connected."}
      </p>
    </fieldset>
  )
}
