/** A polite live region: what happens between phone and device, one sentence at a time. */
import { useEffect, useRef, useState } from "preact/hooks"
import { announcement } from "../announcement"
import { useApp } from "../use-app"

export function Announcer() {
  const app = useApp()
  const [words, setWords] = useState("")
  const before = useRef(app.state.link)
  useEffect(
    () =>
      app.listen(() => {
        const next = announcement(before.current, app.state.link, app.state.route.screen)
        before.current = app.state.link
        if (next !== "") setWords(next)
      }),
    [app],
  )
  return (
    <div class="hidden" role="status">
      {words}
    </div>
  )
}
