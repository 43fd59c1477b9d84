/** The knee's angle over the last ten seconds; past the wearer's threshold it is shaded. */
import { type LiveTrace, TRACE_MS, type TracePoint } from "../live-trace"

const WIDTH = 320
const HEIGHT = 100
const FULL_DEG = 120

export function KneeTrace({ trace, thresholdDeg }: { trace: LiveTrace; thresholdDeg: number }) {
  const { pieces, nowMs } = trace
  const path = pieces.map((piece) => line(piece, nowMs)).join("")
  return (
    <figure class="trace">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={words(pieces)}
      >
        <rect class="trace-past" width={WIDTH} height={heightOf(thresholdDeg)} />
        <path class="trace-threshold" d={`M0 ${heightOf(thresholdDeg)}H${WIDTH}`} />
        <path class="trace-line" d={path} />
      </svg>
      <figcaption class="soft">
        The last 10 seconds, from 0° to {FULL_DEG}°. The knee bends deep in the air, too: only a loaded leg
        counts.
      </figcaption>
    </figure>
  )
}

function line(piece: readonly TracePoint[], nowMs: number): string {
  const places = piece.map(({ timeMs, kneeDeg }) => {
    const x = WIDTH * (1 - (nowMs - timeMs) / TRACE_MS)
    return `${x.toFixed(1)} ${heightOf(kneeDeg).toFixed(1)}`
  })
  return `M${places.join("L")}`
}

/** From above. */
function heightOf(deg: number): number {
  return HEIGHT * (1 - Math.max(0, Math.min(FULL_DEG, deg)) / FULL_DEG)
}

function words(pieces: readonly TracePoint[][]): string {
  const degs = pieces.flat().map(({ kneeDeg }) => Math.round(kneeDeg))
  if (degs.length === 0) return "Knee angle over the last ten seconds: nothing yet."
  return `Knee angle over the last ten seconds: from ${Math.min(...degs)}° to ${Math.max(...degs)}°.`
}
