/** Drawings for the first steps, beside words that say the same: where the strap sits, a run, and the phone with its runs. */

export function StrapDrawing() {
  return (
    <svg class="drawing step-drawing" viewBox="0 0 120 120" aria-hidden="true">
      <path d="M42 6c-2 22-2 36 2 52 4 17-2 34-4 56M84 6c0 22-4 38-8 52-4 17-8 34-12 56" />
      <path class="strap" d="M40 34c12 5 28 5 41 0l-2 18c-11 5-25 5-36 0z" />
      <rect class="key" x="50" y="32" width="22" height="24" rx="6" />
      <path class="press" d="M51 70c5 5 13 5 18 0M52 82c5 4 11 4 16 0" />
      <path class="arrow" d="M102 56v24M96 60l6-6 6 6M96 76l6 6 6-6" />
    </svg>
  )
}

export function RunDrawing() {
  return (
    <svg class="drawing step-drawing" viewBox="0 0 120 120" aria-hidden="true">
      <circle cx="70" cy="18" r="9" />
      <path d="M64 32 56 62M62 38l18 10 12-8M61 40 44 48l-8 12M56 62l18 14-4 26M56 62 42 82 20 84" />
      <path class="press" d="M66 64l8 12" />
      <path class="buzz" d="M92 68l8 4M92 80h8M90 92l8-4" />
      <path class="strap" d="M10 112h100" />
    </svg>
  )
}

export function PhoneDrawing() {
  return (
    <svg class="drawing step-drawing" viewBox="0 0 120 120" aria-hidden="true">
      <rect class="case" x="34" y="6" width="52" height="108" rx="10" />
      <path d="M54 14h12" />
      <path class="press" d="M46 90V68M60 90V46M74 90V58" />
      <path d="M44 100h32" />
    </svg>
  )
}
