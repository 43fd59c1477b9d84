/** Both legs from the front, so that inside and outside are seen: the one that is meant is dark. */
import type { ComponentChild } from "preact"

const THIGH = "M36 4C30 36 38 66 44 92 47 112 46 130 48 156M95 26C92 52 84 76 78 92 74 112 76 130 74 156"
/** From above, the toes towards who looks. */
const FOOT =
  "M62 88C54 88 51 96 52 106 53 118 47 126 48 136 49 145 55 148 63 148 72 148 77 143 76 133 75 120 71 114 72 104 73 95 70 88 62 88Z"
const OTHER = "translate(200 0) scale(-1 1)"

const LEGS = (
  <>
    <g class="far" transform={OTHER}>
      <path d={THIGH} />
      <ellipse cx="61" cy="104" rx="11" ry="12" />
    </g>
    <path class="outline" d={THIGH} />
    <ellipse cx="61" cy="104" rx="11" ry="12" />
  </>
)

const FINGERS = "M3 -15H34M-3 -5H34M-3 5H34M3 15H34"

/** A flat hand that comes from beside the leg; its fingertips are at the place. */
function hand(x: number, y: number, turnDeg: number) {
  return (
    <g transform={`translate(${x} ${y}) rotate(${turnDeg})`}>
      <path class="edge" d={FINGERS} />
      <path class="palm" d="M30 -19H48L84 -9M84 11 48 20H30" />
      <path class="skin" d={FINGERS} />
    </g>
  )
}

function stroked(place: ComponentChild, arrow: string, stroking: ComponentChild) {
  return (
    <>
      {LEGS}
      {place}
      {stroking}
      <path class="arrow" d={arrow} />
    </>
  )
}

export const INNER_STROKE = stroked(
  <ellipse class="place" cx="76" cy="74" rx="9" ry="22" transform="rotate(14 76 74)" />,
  "M66 86 71 50M62 58l10-9 7 11",
  hand(84, 76, 10),
)

export const THIGH_STROKE = stroked(
  <path class="place" d="M50 86C42 60 44 34 50 12H74C80 34 78 60 72 86Z" />,
  "M61 84V14M51 25l10-11 10 11",
  hand(74, 66, 4),
)

export const OUTER_STROKE = stroked(
  <path class="place" d="M44 88C36 62 34 36 39 10H52C48 36 50 62 56 86Z" />,
  "M47 84 44 16M35 27l9-12 10 11",
  hand(34, 66, 176),
)

export const PRESS = (
  <>
    {LEGS}
    <circle class="place" cx="64" cy="54" r="17" />
    <circle class="ring" cx="64" cy="54" r="17" />
    <circle class="ring" cx="64" cy="54" r="25" />
    <path class="thumb-edge" d="M68 54 110 44" />
    <path class="palm" d="M104 38C120 22 140 22 168 30M168 70C146 78 120 76 108 60" />
    <path class="thumb-skin" d="M68 54 112 44" />
    <path d="M64 50c4-3 8-4 12-4M116 60h16M118 50h18" />
    <path class="arrow" d="M104 14 80 32M83 21l-4 12 13 1" />
  </>
)

const SHINS = (
  <>
    <g class="far" transform={OTHER}>
      <circle cx="62" cy="18" r="12" />
      <path d="M54 28 56 88M70 28 68 88" />
      <path d={FOOT} />
    </g>
    <circle cx="62" cy="18" r="12" />
    <path class="outline" d="M54 28 56 88M70 28 68 88" />
    <path class="dashes" d={FOOT} />
  </>
)

function turned(deg: number, arrow: string) {
  return (
    <>
      {SHINS}
      <path class="outline" d={FOOT} transform={`rotate(${deg} 62 96)`} />
      <path class="arrow" d={arrow} />
    </>
  )
}

export const TURN_OUT = turned(34, "M62 154C48 154 32 148 22 138M22 150V137H35")

export const TURN_IN = turned(-34, "M62 154C76 154 92 148 102 138M102 150V137H89")
