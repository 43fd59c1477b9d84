/** A titled card. */
import type { ComponentChildren } from "preact"

interface PanelProps {
  /** Of the heading; unique on the screen. */
  id: string
  title: string
  children: ComponentChildren
}

export function Panel({ id, title, children }: PanelProps) {
  return (
    <section class="panel" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  )
}
