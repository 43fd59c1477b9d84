/** Figures on a chair, from the side. */

const FLOOR = <path class="floor" d="M14 153H190" />
const CHAIR = <path class="chair" d="M34 48V153M34 110H76V153" />
const STOOL = <path class="chair" d="M140 110H176M146 110V153M170 110V153" />
const HEAD = <circle cx="56" cy="28" r="11" />
const TRUNK = "M54 46 54 100"
const FAR_LEG = <path class="limb far" d="M54 100 94 106 96 148H112" />

export const LEG_UP = (
  <>
    {FLOOR}
    {CHAIR}
    {STOOL}
    {HEAD}
    {FAR_LEG}
    <path class="limb" d={`${TRUNK} 108 90 156 101 160 84M54 56 68 82 82 88`} />
    <rect class="key" x="86" y="81" width="16" height="9" rx="3" transform="rotate(-10 94 86)" />
  </>
)

export const TIGHTEN = (
  <>
    {FLOOR}
    {CHAIR}
    {STOOL}
    {HEAD}
    {FAR_LEG}
    <path class="limb" d={`${TRUNK} 108 100 158 101 160 84M54 56 40 80 44 100`} />
    <path class="tight" d="M66 93C82 82 96 84 106 94" />
    <path class="arrow" d="M116 78H86M95 69l-9 9 9 9" />
  </>
)

export const BREATHE = (
  <>
    {FLOOR}
    {CHAIR}
    {STOOL}
    {HEAD}
    {FAR_LEG}
    <path class="limb" d={`${TRUNK} 108 98 158 101 160 84M54 56 64 80 60 96`} />
    <path class="tight" d="M66 92C82 81 96 83 106 92" />
    <path class="arrow" d="M112 22H76M85 13l-9 9 9 9" />
    <path class="arrow" d="M76 46H136M127 37l9 9-9 9" />
    <text x="120" y="28">
      in 4
    </text>
    <text x="144" y="52">
      out 8
    </text>
  </>
)

export const FOOT_FLAT = (
  <>
    {FLOOR}
    {CHAIR}
    {HEAD}
    <path class="limb" d={`${TRUNK} 104 102 104 148H124M54 56 68 80 84 90`} />
    <rect class="key" x="82" y="88" width="16" height="9" rx="3" />
    <path class="angle" d="M92 102V114H104" />
  </>
)

export const BEND = (
  <>
    {FLOOR}
    {CHAIR}
    {HEAD}
    <path class="limb far" d="M104 102 146 116 152 100" />
    <path class="limb" d={`${TRUNK} 104 102 104 148H124M54 56 68 80 84 90`} />
    <rect class="key" x="82" y="88" width="16" height="9" rx="3" />
    <path class="arrow" d="M130 142C142 138 152 132 158 122M130 130l-2 12 12 3M148 127l11-6 3 12" />
  </>
)
