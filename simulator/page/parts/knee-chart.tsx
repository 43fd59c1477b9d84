/** The knee angle over the last seconds, as a plot and, for who cannot see it, in words. */
import { useEffect, useRef } from "preact/hooks"
import type { KneePlot } from "../drawing/knee-plot"
import { live, pictures } from "../player"
import { thresholdOf } from "../state"
import { usePage } from "../use-page"
import { LastStrides } from "./last-strides"
import { Panel } from "./panel"

export function KneeChart() {
  const place = useRef<HTMLDivElement>(null)
  const hasTruth = usePage((state) => state.playing?.hasTruth ?? true)
  const thresholdDeg = usePage(({ playing, phone }) => (playing ? thresholdOf(playing, phone) : 30))
  useEffect(() => {
    const element = place.current
    if (!element) return
    let plot: KneePlot | undefined
    let remove: (() => void) | undefined
    let isGone = false
    // The page is there before its plot is loaded.
    import("../drawing/knee-plot").then(({ KneePlot }) => {
      if (isGone) return
      plot = new KneePlot(element, live)
      remove = pictures.add((shownS, nowMs) => plot?.draw(shownS, nowMs))
    })
    return () => {
      isGone = true
      remove?.()
      plot?.close()
    }
  }, [])
  return (
    <Panel
      id="chart"
      title="Knee angle"
      class="chart-panel"
      aside={
        <ul class="legend">
          {hasTruth && <li class="really">really</li>}
          <li class="device">device</li>
          <li class="past">loaded past {thresholdDeg}°</li>
          <li class="ground-key">foot on ground</li>
        </ul>
      }
    >
      <div
        ref={place}
        class="chart"
        role="img"
        aria-label={`Knee angle over the last seconds. Above ${thresholdDeg}° the range is tinted; a dot marks each compression. The table below has the strides in figures.`}
      />
      <LastStrides />
    </Panel>
  )
}
