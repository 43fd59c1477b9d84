/** The knee angle over the last seconds (uPlot): truth and estimate, the range past the threshold, loaded stretches, and each compression with its depth. */
import uPlot from "uplot"
import { clock } from "../../number-words"
import { type CurveWindow, fillWindow, windowFor } from "./curve-window"
import type { Live } from "./live"
import { type Colours, coloursOf, drawCompressions, drawLoaded, drawPastRange } from "./plot-marks"

const LEAST_DEG = -8
const MOST_DEG = 140
const POINTS = 480
/** Of a phone-sized plot. */
const FEW_POINTS = 260
const NARROW_PX = 520
/** The screen is drawn twice as often; a curve that moves by a pixel needs no more. */
const LEAST_BETWEEN_MS = 28
const HEIGHT_PX = 250

export class KneePlot {
  readonly #live: Live
  readonly #window: CurveWindow = { timeS: [], truthDeg: [], estimateDeg: [], loaded: [] }
  readonly #plot: uPlot
  readonly #resized: ResizeObserver
  readonly #scheme = matchMedia("(prefers-color-scheme: dark)")
  #colours: Colours
  #drawnMs = 0
  #drawnS = Number.NaN
  #endS = 0
  #lengthS = windowFor(1)

  constructor(place: HTMLElement, live: Live) {
    this.#live = live
    this.#colours = coloursOf(place)
    this.#plot = new uPlot(this.#options(place), this.#data(), place)
    this.#resized = new ResizeObserver(() => {
      if (place.clientWidth > 0) this.#plot.setSize({ width: place.clientWidth, height: HEIGHT_PX })
    })
    this.#resized.observe(place)
    this.#scheme.addEventListener("change", this.#recolour)
  }

  close(): void {
    this.#resized.disconnect()
    this.#scheme.removeEventListener("change", this.#recolour)
    this.#plot.destroy()
  }

  draw(shownS: number, nowMs: number): void {
    if (nowMs - this.#drawnMs < LEAST_BETWEEN_MS || shownS === this.#drawnS) return
    this.#drawnMs = nowMs
    this.#drawnS = shownS
    this.#lengthS = windowFor(this.#live.speed)
    this.#endS = shownS
    const points = this.#plot.width < NARROW_PX ? FEW_POINTS : POINTS
    fillWindow(this.#window, this.#live.truths, this.#live.estimates, shownS, this.#lengthS, points)
    this.#plot.setData(this.#data())
  }

  #data(): uPlot.AlignedData {
    const { timeS, truthDeg, estimateDeg } = this.#window
    return [timeS, truthDeg, estimateDeg]
  }

  readonly #recolour = () => {
    this.#colours = coloursOf(this.#plot.root)
    this.#plot.redraw()
  }

  #options(place: HTMLElement): uPlot.Options {
    const colour = (name: keyof Colours) => () => this.#colours[name]
    const axis = { stroke: colour("soft"), font: "12px system-ui, sans-serif", ticks: { show: false } }
    return {
      width: Math.max(1, place.clientWidth),
      height: HEIGHT_PX,
      legend: { show: false },
      cursor: { show: false },
      padding: [8, 10, 0, 0],
      scales: {
        x: { time: false, range: () => [this.#endS - this.#lengthS, Math.max(this.#endS, 0.001)] },
        y: { range: [LEAST_DEG, MOST_DEG] },
      },
      axes: [
        {
          ...axis,
          size: 26,
          gap: 4,
          grid: { show: false },
          values: (_, ticks) => ticks.map((s) => (s < 0 ? "" : clock(s))),
          incrs: [2, 5, 10],
        },
        {
          ...axis,
          size: 42,
          gap: 4,
          grid: { stroke: colour("line"), width: 1 },
          splits: () => [0, 30, 60, 90, 120],
          values: (_, ticks) => ticks.map((deg) => `${deg}°`),
        },
      ],
      series: [
        {},
        { label: "really", stroke: colour("truth"), width: 4, points: { show: false } },
        { label: "device", stroke: colour("device"), width: 2, points: { show: false } },
      ],
      hooks: {
        drawClear: [
          (plot) => {
            drawPastRange(plot, this.#live.thresholdDeg, this.#colours)
            drawLoaded(plot, this.#window, this.#live.thresholdDeg, this.#colours)
          },
        ],
        draw: [
          (plot) =>
            drawCompressions(plot, this.#live.strides, this.#endS - this.#lengthS, this.#endS, this.#colours),
        ],
      },
    }
  }
}
