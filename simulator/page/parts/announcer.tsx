/** A polite live region for who listens: one sentence at a time, with time between them to be heard. */
import { useEffect, useRef, useState } from "preact/hooks"
import { announcement } from "../announcement"
import { current, listen } from "../store"

const LEAST_BETWEEN_MS = 3000

export function Announcer() {
  const [words, setWords] = useState("")
  const before = useRef(current())
  useEffect(() => {
    let saidMs = Number.NEGATIVE_INFINITY
    return listen(() => {
      const now = current()
      const next = announcement(before.current, now)
      const isPhase = now.phase !== before.current.phase
      before.current = now
      if (next === "" || (!isPhase && performance.now() - saidMs < LEAST_BETWEEN_MS)) return
      saidMs = performance.now()
      setWords(next)
    })
  }, [])
  return (
    <div class="hidden" role="status">
      {words}
    </div>
  )
}
