/** Keys that do what buttons do; they can be switched off, for who speaks to the computer or presses keys by accident. */
import { useEffect, useState } from "preact/hooks"
import { SPEEDS } from "../address"
import { act, chooseSpeed, exportPlayed, reset, togglePlay } from "../player"
import { current } from "../store"

const KEYS: Readonly<Record<string, { what: string; does: () => void; isAction?: boolean }>> = {
  " ": { what: "play or pause", does: togglePlay },
  r: { what: "reset", does: reset },
  e: { what: "export what was played", does: exportPlayed },
  l: { what: "drop the link", does: () => act({ do: "loseLink", forS: 20 }), isAction: true },
  p: { what: "cut the power", does: () => act({ do: "cutPower", forS: 3 }), isAction: true },
}

export function Shortcuts() {
  const [isOn, setOn] = useState(true)
  useEffect(() => {
    if (!isOn) return
    const pressed = (event: KeyboardEvent) => {
      if (
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        event.repeat ||
        isForSomethingElse(event.target, event.key)
      )
        return
      const { phase } = current()
      const speed = /^[1-9]$/.test(event.key) ? SPEEDS[Number(event.key) - 1] : undefined
      const key = KEYS[event.key.toLowerCase()]
      if ((speed === undefined && !key) || phase === "loading" || (key?.isAction && phase === "done")) return
      event.preventDefault()
      if (speed !== undefined) chooseSpeed(speed)
      key?.does()
    }
    addEventListener("keydown", pressed)
    return () => removeEventListener("keydown", pressed)
  }, [isOn])
  return (
    <details class="shortcuts">
      <summary>Keyboard shortcuts</summary>
      <label>
        <input
          type="checkbox"
          checked={isOn}
          onChange={({ currentTarget }) => setOn(currentTarget.checked)}
        />{" "}
        on
      </label>
      <dl>
        {Object.entries(KEYS).map(([key, { what }]) => (
          <div key={key}>
            <dt>
              <kbd>{key === " " ? "space" : key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
        <div>
          <dt>
            <kbd>1</kbd> … <kbd>{SPEEDS.length}</kbd>
          </dt>
          <dd>speed, from real time to as fast as it goes</dd>
        </div>
      </dl>
    </details>
  )
}

/** Where somebody types or chooses, keys have their own meaning; on a button, space has. */
function isForSomethingElse(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false
  const own = key === " " ? "button, summary, input, select, textarea" : "input[type=text], select, textarea"
  return target.closest(own) !== null
}
