/** A breath: a circle that grows while it goes in and shrinks while it goes out; for who wants no motion it stays and is full or empty. */

interface BreathCircleProps {
  /** 0: in; 1: out. */
  part: 0 | 1
  /** Of the part, what has passed: 0 to 1. */
  share: number
}

export function BreathCircle({ part, share }: BreathCircleProps) {
  const size = part === 0 ? share : 1 - share
  return (
    <svg class={part === 0 ? "breath in" : "breath"} viewBox="0 0 200 200" aria-hidden="true">
      <circle class="breath-edge" cx="100" cy="100" r="92" />
      <circle class="breath-air" cx="100" cy="100" r="92" style={{ "--breath": size.toFixed(3) }} />
    </svg>
  )
}
