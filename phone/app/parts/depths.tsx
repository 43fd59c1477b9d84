/** How deep the loadings of a run were, as a histogram. */
import { share } from "../../runs/number-words"
import type { RunView } from "../../runs/run-view"
import { wholeWords } from "../figure-words"
import { BarTable } from "./bar-table"

export function Depths({ run: { depths, peak } }: { run: RunView }) {
  const largest = depths.reduce((most, band) => Math.max(most, band.share), 0)
  return (
    <BarTable
      caption={`Loadings by their deepest bend, each off by ${peak.errorDeg.toFixed(1)}° on average`}
      heads={["Bend", "Loadings"]}
      rows={depths.map((band) => ({
        name: band.words,
        value: `${wholeWords(band.loadCycles)} (${share(band.share)})`,
        share: largest === 0 ? 0 : band.share / largest,
      }))}
    />
  )
}
