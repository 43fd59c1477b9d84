/** A part that scrolls by itself: it takes the focus, so that keys scroll it too. */
import type { ComponentChildren } from "preact"

interface ScrollProps {
  /** What is in it, for who cannot see it. */
  label: string
  class?: string
  children: ComponentChildren
}

export function Scroll({ label, class: name = "", children }: ScrollProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without the focus, keys could not scroll it
    <section class={`scroll ${name}`} tabIndex={0} aria-label={label}>
      {children}
    </section>
  )
}
