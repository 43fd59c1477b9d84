/** The knee's angle now, as an arc from straight to fully bent; past the depth that counts it is shaded. */

const CENTRE_X = 160
const CENTRE_Y = 150
const RADIUS = 108
const FULL_DEG = 120
const TICKS_DEG = [0, 30, 60, 90, 120]

interface KneeGaugeProps {
  /** Undefined while nothing is measured. */
  kneeDeg: number | undefined
  /** Deepest point of the last stride or bend; 0 before the first. */
  lastPeakDeg: number
  thresholdDeg: number
  /** What the threshold is. */
  meaning: string
}

export function KneeGauge({ kneeDeg, lastPeakDeg, thresholdDeg, meaning }: KneeGaugeProps) {
  const isPast = kneeDeg !== undefined && kneeDeg > thresholdDeg
  return (
    <div class="gauge">
      <svg viewBox="0 0 320 176" role="img" aria-label={words(kneeDeg, `${thresholdDeg}°, ${meaning},`)}>
        <path class="gauge-ground" d={arc(0, FULL_DEG)} />
        <path class="gauge-past" d={arc(thresholdDeg, FULL_DEG)} />
        {TICKS_DEG.map((deg) => {
          const { x, y } = at(deg, RADIUS + 30)
          return (
            <text key={deg} class="gauge-tick" x={x} y={y + 5}>
              {deg}°
            </text>
          )
        })}
        {lastPeakDeg > 0 && <path class="gauge-peak" d={tick(lastPeakDeg, 14, 14)} />}
        {kneeDeg !== undefined && <path class="gauge-needle" d={tick(kneeDeg, 30, 16)} />}
      </svg>
      <p class={isPast ? "gauge-number past" : "gauge-number"}>
        {kneeDeg === undefined ? "–" : `${Math.round(kneeDeg)}°`}
      </p>
    </div>
  )
}

function words(kneeDeg: number | undefined, threshold: string): string {
  const now =
    kneeDeg === undefined ? "Nothing is measured now." : `The knee is bent by ${Math.round(kneeDeg)}°.`
  return `${now} The range past ${threshold} is shaded.`
}

/** Straight is on the left, fully bent on the right. */
function at(deg: number, radius: number): { x: number; y: number } {
  const turn = Math.PI * (1 - Math.max(0, Math.min(FULL_DEG, deg)) / FULL_DEG)
  const round = (value: number) => Math.round(value * 10) / 10
  return { x: round(CENTRE_X + radius * Math.cos(turn)), y: round(CENTRE_Y - radius * Math.sin(turn)) }
}

function arc(fromDeg: number, toDeg: number): string {
  const from = at(fromDeg, RADIUS)
  const to = at(toDeg, RADIUS)
  return `M${from.x} ${from.y}A${RADIUS} ${RADIUS} 0 0 1 ${to.x} ${to.y}`
}

/** Across the arc, so far in and out of its middle. */
function tick(deg: number, inside: number, outside: number): string {
  const inner = at(deg, RADIUS - inside)
  const outer = at(deg, RADIUS + outside)
  return `M${inner.x} ${inner.y}L${outer.x} ${outer.y}`
}
