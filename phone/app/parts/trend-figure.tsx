/** One quantity over time. What draws it is loaded when the first figure is shown. */
import { useEffect, useRef } from "preact/hooks"
import type { Drawn } from "../trends/plot"

export function TrendFigure({ drawn }: { drawn: Drawn }) {
  const place = useRef<HTMLDivElement>(null)
  const { figure, periods, marks } = drawn
  useEffect(() => {
    let isShown = true
    let remove = () => {}
    void import("../trends/plot").then(({ drawFigure }) => {
      if (isShown && place.current) remove = drawFigure(place.current, { figure, periods, marks })
    })
    return () => {
      isShown = false
      remove()
    }
  }, [figure, periods, marks])
  return (
    <figure class="trend-figure">
      <figcaption>
        <h2>{figure.title}</h2>
        {figure.note !== undefined && <p class="soft">{figure.note}</p>}
        {figure.latest.map((words) => (
          <p key={words}>{words}</p>
        ))}
      </figcaption>
      <div class="trend-plot" ref={place} aria-hidden="true" />
    </figure>
  )
}
