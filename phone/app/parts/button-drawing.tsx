/** The button of the device, a finger that presses it once, and what is felt: a short and a long buzz. */
export function ButtonDrawing() {
  return (
    <svg
      class="drawing"
      viewBox="0 0 220 150"
      role="img"
      aria-label="A finger presses the button on the device once. The device buzzes shortly, then long."
    >
      <path class="strap" d="M0 62h62v52H0zM158 62h62v52h-62z" />
      <rect class="case" x="54" y="50" width="112" height="76" rx="18" />
      <circle class="key" cx="110" cy="88" r="17" />
      <circle class="press" cx="110" cy="88" r="25" />
      <path class="arrow" d="M110 6v48M98 42l12 13 12-13" />
      <path class="buzz short" d="M76 140h14" />
      <path class="buzz long" d="M100 140h46" />
    </svg>
  )
}
