/** A leg from the side with the device above its knee, the foot flat on the ground: where to strap it, how to stand, how far to bend. */

const ANKLE_X = 88
const ANKLE_Y = 172
const SHANK = 68
const THIGH = 74
const TRUNK = 14
/** Of the bend, what the shank leans forward; the rest is the thigh's. */
const SHANK_SHARE = 0.4
/** Of the thigh, from the knee up. */
const STRAP_AT = 0.34
const ANGLE_RADIUS = 40

interface LegDrawingProps {
  kneeDeg: number
  label: string
  /** Shown at the knee. */
  angle?: string
}

export function LegDrawing({ kneeDeg, label, angle }: LegDrawingProps) {
  const shankDeg = kneeDeg * SHANK_SHARE
  const thighDeg = shankDeg - kneeDeg
  const knee = from(ANKLE_X, ANKLE_Y, SHANK, shankDeg)
  const hip = from(knee.x, knee.y, THIGH, thighDeg)
  const trunk = from(hip.x, hip.y, TRUNK, -thighDeg / 2)
  const strap = from(knee.x, knee.y, THIGH * STRAP_AT, thighDeg)
  const straight = from(knee.x, knee.y, ANGLE_RADIUS + 18, shankDeg)
  const arcFrom = from(knee.x, knee.y, ANGLE_RADIUS, shankDeg)
  const arcTo = from(knee.x, knee.y, ANGLE_RADIUS, thighDeg)
  return (
    <svg class="leg-drawing" viewBox="0 0 180 200" role="img" aria-label={label}>
      <path class="floor" d="M20 190H160" />
      <path class="trunk" d={`M${hip.x} ${hip.y}L${trunk.x} ${trunk.y}`} />
      <path class="limb" d={`M${ANKLE_X} ${ANKLE_Y}L${knee.x} ${knee.y}L${hip.x} ${hip.y}`} />
      <path class="shoe" d={`M${ANKLE_X - 6} ${ANKLE_Y + 8}h38`} />
      <g transform={`translate(${strap.x} ${strap.y}) rotate(${thighDeg})`}>
        <path class="strap-line" d="M-15 0H15" />
        <rect class="sensor" x="9" y="-11" width="11" height="22" rx="3" />
      </g>
      {angle !== undefined && (
        <>
          <path class="straight" d={`M${knee.x} ${knee.y}L${straight.x} ${straight.y}`} />
          <path
            class="angle"
            d={`M${arcFrom.x} ${arcFrom.y}A${ANGLE_RADIUS} ${ANGLE_RADIUS} 0 0 0 ${arcTo.x} ${arcTo.y}`}
          />
          <text class="angle-words" x={knee.x + 26} y={knee.y - 20}>
            {angle}
          </text>
        </>
      )}
    </svg>
  )
}

/** @param leanDeg from upright, forward (to the right) positive */
function from(x: number, y: number, length: number, leanDeg: number): { x: number; y: number } {
  const lean = (leanDeg * Math.PI) / 180
  const round = (value: number) => Math.round(value * 10) / 10
  return { x: round(x + length * Math.sin(lean)), y: round(y - length * Math.cos(lean)) }
}
