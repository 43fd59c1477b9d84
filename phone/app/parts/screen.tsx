/** A screen: its one heading, and what is below. */
import type { ComponentChildren } from "preact"
import { useEffect } from "preact/hooks"

interface ScreenProps {
  title: string
  children: ComponentChildren
}

export function Screen({ title, children }: ScreenProps) {
  useEffect(() => {
    document.title = `${title} – Patella`
  }, [title])
  return (
    <>
      <h1 tabIndex={-1}>{title}</h1>
      {children}
    </>
  )
}
