/** The leg from the side: as it really moves, and as the device believes. */
import { useEffect, useRef } from "preact/hooks"
import { DASH, GROUND_Y, HIP_X, LegFigure } from "../drawing/leg-figure"
import { SHANK_LENGTH, STANDING_REACH, THIGH_LENGTH } from "../drawing/leg-pose"
import { live, pictures } from "../player"
import { usePage } from "../use-page"
import { Panel } from "./panel"

/** Outlines with the joint that each hangs from at 0,0, straight down, toes to the right; their lengths are leg-pose.ts's. */
const THIGH =
  "M-27 -8 C-27 -34 27 -34 28 -8 C31 30 21 74 18 104 C17 122 -16 122 -17 104 C-18 74 -27 40 -27 -8 Z"
const SHANK =
  "M17 -3 C20 20 13 62 9 104 C8 113 -9 113 -10 104 C-13 84 -26 56 -20 22 C-18 10 -19 4 -17 -4 C-12 -18 14 -18 17 -3 Z"
const SHOE = "M-11 -7 C-15 2 -17 9 -15 14 L45 14 C50 8 40 4 29 2 C20 0 14 -8 10 -13 Z"
const SOLE = "M-15 13 H46 C48 16 47 19 43 19 H-11 C-15 19 -16 16 -15 13 Z"
const SHORTS =
  "M-32 -42 C-10 -50 14 -50 31 -42 C37 -20 37 6 32 40 C14 46 -14 46 -30 40 C-38 10 -37 -18 -32 -42 Z"
const TRUNK = "M-32 -42 C-31 -62 -29 -80 -26 -98 H26 C31 -80 33 -62 31 -42 C14 -50 -10 -50 -32 -42 Z"
/** From the knee up the thigh. */
const STRAP_UP = 38

export function Leg() {
  const root = useRef<HTMLDivElement>(null)
  const hasTruth = usePage((state) => state.playing?.hasTruth ?? true)
  useEffect(() => {
    if (!root.current) return
    const figure = new LegFigure(root.current, live)
    return pictures.add((shownS, nowMs) => figure.draw(shownS, nowMs))
  }, [])
  return (
    <Panel id="leg" title="Leg" class="leg-panel">
      <div ref={root} class="leg has-truth">
        <svg
          viewBox={`0 0 280 ${GROUND_Y + 16}`}
          role="img"
          aria-label="A right leg from the side, with the sensor strapped above the knee; the outline is what the device believes. The angles stand below."
        >
          <g transform={`translate(0 ${GROUND_Y})`}>
            <path class="ground" d="M0 2 H280" stroke-dasharray={`${DASH - 8} 8`} />
          </g>
          <g class="seat" opacity="0">
            <path d={`M${HIP_X - 52} ${GROUND_Y - STANDING_REACH + 32} h92 v9 h-92 z`} />
            <path
              d={`M${HIP_X - 42} ${GROUND_Y - STANDING_REACH + 40} v120 M${HIP_X + 30} ${GROUND_Y - STANDING_REACH + 40} v120`}
              class="seat-legs"
            />
          </g>
          <g class="hip" transform={`translate(${HIP_X} ${GROUND_Y - STANDING_REACH})`}>
            <path class="trunk" d={TRUNK} />
            <g class="truth">
              <g class="truth-thigh">
                <g class="truth-shank" transform={`translate(0 ${THIGH_LENGTH})`}>
                  <path class="skin" d={SHANK} />
                  <g class="truth-foot" transform={`translate(0 ${SHANK_LENGTH})`}>
                    <path class="shoe" d={SHOE} />
                    <path class="sole" d={SOLE} />
                  </g>
                </g>
                <path class="skin" d={THIGH} />
                <g transform={`translate(0 ${THIGH_LENGTH})`}>
                  <circle class="knee-glow" r="24" />
                  <circle class="knee" cx="3" cy="-3" r="11" />
                </g>
              </g>
            </g>
            <g class="estimate">
              <g class="estimate-thigh">
                <g class="estimate-shank" transform={`translate(0 ${THIGH_LENGTH})`}>
                  <path class="outline" d={SHANK} />
                  <g class="estimate-foot alone" transform={`translate(0 ${SHANK_LENGTH})`}>
                    <path class="outline" d={SHOE} />
                  </g>
                </g>
                <path class="outline" d={THIGH} />
                <circle class="outline estimate-knee" cx="3" cy={THIGH_LENGTH - 3} r="11" />
              </g>
            </g>
            <path class="shorts" d={SHORTS} />
            <g class="worn">
              <g class="shake" transform={`translate(0 ${THIGH_LENGTH - STRAP_UP})`}>
                <path class="strap" d="M-21 0 H22" />
                <rect class="sensor" x="15" y="-15" width="13" height="30" rx="4" />
                <path class="waves" d="M34 -12 C40 -5 40 5 34 12 M41 -18 C51 -7 51 7 41 18" />
              </g>
            </g>
          </g>
        </svg>
        <ul class="legend">
          {hasTruth && <li class="really">as it really is</li>}
          <li class="device dashed">as the device believes</li>
        </ul>
        <dl class="readouts">
          <div class="really">
            <dt>Knee, really</dt>
            <dd class="truth-readout">–</dd>
          </div>
          <div class="device">
            <dt>Device’s estimate</dt>
            <dd class="estimate-readout">–</dd>
          </div>
        </dl>
      </div>
      {!hasTruth && (
        <p class="note">This recording does not say how the knee really bent: the estimate stands alone.</p>
      )}
    </Panel>
  )
}
