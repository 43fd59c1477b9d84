/** A run's figures in words: with their error bands, and "not known" where nobody measured. */
import test from "ava"
import { changeWords, noiseWords } from "../../../phone/app/change-words"
import { figuresOf } from "../../../phone/app/run-figures"
import { view } from "../runs/made-runs"

const shown = (name: string, figures = figuresOf(view())) => figures.find((one) => one.name === name)?.value

test("each figure has its band, never rounded down", (t) => {
  t.deepEqual(
    figuresOf(view()).map(({ name, value }) => [name, value]),
    [
      ["Duration", "40 min"],
      ["Loadings", "3,200"],
      ["Cadence", "160.0 ± 0.1"],
      ["Foot on the ground", "270 ± 12 ms"],
      ["Depth, median", "40° ± 4°"],
      ["Depth, P95", "46° ± 4°"],
      ["Past 30°", "3,100"],
      ["Time past 30°", "6 min 40 s"],
      ["Load", "3,520"],
    ],
  )
  t.is(figuresOf(view()).find(({ name }) => name === "Past 30°")?.note, "97 % ± 6 points of loadings")
})

test("a threshold between the measured depths has no band, and another flexion model none at all", (t) => {
  const between = figuresOf(view({ thresholdCdeg: 3300 }))
  t.is(between.find(({ name }) => name === "Past 33°")?.note, "97 % of loadings")
  const other = figuresOf(view({ modelVersion: 9 }))
  t.is(shown("Cadence", other), "160.0")
  t.is(shown("Foot on the ground", other), "270 ms")
  t.is(shown("Depth, median", other), "40° ± 4°", "the record itself has this one")
})

test("what nobody measured is not known, and never 0", (t) => {
  const nothing = figuresOf(
    view({
      loadCycles: 0,
      compressions: 0,
      cadenceDspm: 0,
      contactTimeMedianMs: 0,
      peakFlexionMedianCdeg: 0,
      peakFlexionP95Cdeg: 0,
    }),
  )
  for (const name of ["Cadence", "Foot on the ground", "Depth, median", "Depth, P95"])
    t.is(shown(name, nothing), "not known", name)
  t.is(nothing.find(({ name }) => name === "Past 30°")?.note, "no loadings")
})

test("a change is told with its sign; what is noise is no change, and its limit is never rounded down", (t) => {
  t.is(changeWords({ verdict: "none", by: 0.7, detectable: 0.776, words: "" }, "°"), "no change")
  t.is(changeWords({ verdict: "more", by: 2.34, detectable: 0.776, words: "" }, "°"), "+2.3°")
  t.is(changeWords({ verdict: "less", by: -12, detectable: 10, words: "" }, " points"), "−12.0 points")
  t.is(noiseWords({ verdict: "none", by: 0, detectable: 0.71, words: "" }, "°"), "0.8°")
})
