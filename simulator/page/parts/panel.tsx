/** A titled card. */
import type { ComponentChildren } from "preact"

interface PanelProps {
  /** Of the heading; unique on the page. */
  id: string
  title: string
  /** Beside the title. */
  aside?: ComponentChildren
  class?: string
  children: ComponentChildren
}

export function Panel({ id, title, aside, class: name = "", children }: PanelProps) {
  return (
    <section class={`panel ${name}`} aria-labelledby={id}>
      <div class="panel-head">
        <h2 id={id}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  )
}
