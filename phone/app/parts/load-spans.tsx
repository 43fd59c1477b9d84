/** The load of a run by five minutes. */
import type { RunView } from "../../runs/run-view"
import { clockWords } from "../duration-words"
import { wholeWords } from "../figure-words"
import { BarTable } from "./bar-table"

export function LoadSpans({ run: { loadSpans, blockMinutes } }: { run: RunView }) {
  const { minutes, spans } = loadSpans
  const largest = spans.reduce((most, { load }) => Math.max(most, load), 0)
  if (spans.length === 0) return null
  return (
    <BarTable
      caption={
        minutes === 5
          ? "By 5 minutes"
          : `By ${minutes} minutes: in a run this long the device adds up ${blockMinutes} minutes at a time`
      }
      heads={["Time", "Load"]}
      rows={spans.map(({ startS, endS, load }) => ({
        name: `${clockWords(startS)} to ${clockWords(endS)}`,
        value: wholeWords(load),
        share: largest === 0 ? 0 : load / largest,
      }))}
    />
  )
}
