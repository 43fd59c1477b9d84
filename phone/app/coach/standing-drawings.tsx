/** Figures on their feet, from the side. */

const FLOOR = <path class="floor" d="M24 153H176" />
const WALL = <path class="wall" d="M158 8H176V153H158Z" />

export const BY_THE_WALL = (
  <>
    {FLOOR}
    {WALL}
    <path class="limb far" d="M88 84 96 112 72 124 68 132" />
    <circle cx="90" cy="20" r="11" />
    <path class="limb" d="M90 38 88 84M88 84 89 115 88 148H104M90 44 118 62 152 54" />
    <rect class="key" x="91" y="90" width="9" height="16" rx="3" />
  </>
)

export const SMALL_BEND = (
  <>
    {FLOOR}
    {WALL}
    <path class="limb far" d="M78 88 96 110 72 126 66 134" />
    <circle cx="96" cy="25" r="11" />
    <path class="limb" d="M92 42 78 88 99 117 88 148H104M92 47 118 66 152 58" />
    <rect class="key" x="88" y="88" width="9" height="16" rx="3" transform="rotate(-36 92 96)" />
    <path class="dashes" d="M99 117 112 80" />
    <path d="M109 90A28 28 0 0 0 83 94" />
    <text x="118" y="104">
      30°
    </text>
    <path class="arrow" d="M46 64V104M38 72l8-8 8 8M38 96l8 8 8-8" />
  </>
)

export const HEELS_DOWN = (
  <>
    {FLOOR}
    <circle cx="110" cy="32" r="11" />
    <path class="limb" d="M103 50 74 94 112 112 94 148H114M102 56 148 64" />
    <rect class="key" x="91" y="88" width="9" height="16" rx="3" transform="rotate(-64 95 96)" />
    <path class="arrow" d="M46 60V100M38 68l8-8 8 8M38 92l8 8 8-8" />
    <path class="arrow" d="M80 126V144M73 137l7 7 7-7" />
  </>
)

export const HEELS_UP = (
  <>
    {FLOOR}
    {WALL}
    <circle cx="108" cy="22" r="11" />
    <path class="limb" d="M101 40 72 84 110 100 92 132 106 148H116M100 46 124 62 152 56" />
    <rect class="key" x="89" y="77" width="9" height="16" rx="3" transform="rotate(-66 93 85)" />
    <path class="arrow" d="M46 56V96M38 64l8-8 8 8M38 88l8 8 8-8" />
    <path class="arrow" d="M82 150V132M75 139l7-7 7 7" />
  </>
)

export const SIT_TO_STAND = (
  <>
    {FLOOR}
    <path class="chair" d="M40 60V153M40 114H84V153" />
    <circle class="far" cx="114" cy="18" r="11" />
    <path class="limb far" d="M112 36 108 82 106 114" />
    <circle cx="90" cy="50" r="11" />
    <path class="limb" d="M83 66 62 106 104 110 104 148H120M82 72 112 90" />
    <rect class="key" x="82" y="97" width="16" height="9" rx="3" />
    <path class="arrow" d="M124 92C140 76 142 58 138 40M129 47l9-8 9 8M135 90l-12 3 1-12" />
  </>
)

export const WALK = (
  <>
    {FLOOR}
    <circle cx="94" cy="20" r="11" />
    <path class="limb far" d="M90 84 78 114 56 136 62 144M92 46 76 66 72 84" />
    <path class="limb" d="M92 38 90 84 108 112 114 146 128 142M92 46 110 62 122 76" />
    <rect class="key" x="101" y="88" width="9" height="16" rx="3" transform="rotate(-33 105 96)" />
    <path class="arrow" d="M142 84H172M162 74l10 10-10 10" />
  </>
)
