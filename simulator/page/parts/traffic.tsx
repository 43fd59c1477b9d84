/** What goes over Bluetooth, in words and in bytes, newest first. */
import { Component } from "preact"
import { useState } from "preact/hooks"
import { clock } from "../../number-words"
import type { Traffic as Line } from "../../serve/messages"
import { usePage } from "../use-page"
import { Panel } from "./panel"
import { Scroll } from "./scroll"

const ALL = ""
const LINK = "the link"

export function Traffic() {
  const traffic = usePage((state) => state.traffic)
  const [chosen, choose] = useState(ALL)
  const names = [...new Set([...traffic.map(nameOf), ...(chosen === ALL ? [] : [chosen])])].sort()
  const lines = traffic.filter((line) => chosen === ALL || nameOf(line) === chosen)
  return (
    <Panel
      id="traffic"
      title="Over Bluetooth"
      class="traffic"
      aside={
        <label class="field small">
          <span class="hidden">Show only</span>
          <select value={chosen} onChange={({ currentTarget }) => choose(currentTarget.value)}>
            <option value={ALL}>all of it</option>
            {names.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
      }
    >
      {lines.length === 0 ? (
        <p class="note">Nothing was said yet.</p>
      ) : (
        <Scroll label="What was said, newest first">
          <ol class="log">
            {[...lines].reverse().map((line) => (
              <TrafficLine key={keyOf(line)} line={line} />
            ))}
          </ol>
        </Scroll>
      )}
    </Panel>
  )
}

/** A line never changes: it is rendered once. */
class TrafficLine extends Component<{ line: Line }> {
  override shouldComponentUpdate(): boolean {
    return false
  }

  render() {
    const { timeS, from, what, about, says, hex } = this.props.line
    return (
      <li class={`from-${from} what-${what}`}>
        <time>{clock(timeS)}</time>
        <strong>
          <span class="hidden">{from} </span>
          {what} {about}
        </strong>
        {hex === "" ? (
          <span>{says}</span>
        ) : (
          <details>
            <summary>{says || "no bytes in words"}</summary>
            <code>{hex.replace(/../g, "$& ").trim()}</code>
          </details>
        )}
      </li>
    )
  }
}

const keys = new WeakMap<Line, number>()
let lastKey = 0

function keyOf(line: Line): number {
  const known = keys.get(line)
  if (known !== undefined) return known
  keys.set(line, ++lastKey)
  return lastKey
}

function nameOf({ about }: Line): string {
  return about === "" ? LINK : about
}
