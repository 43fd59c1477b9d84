/** The time, as far as a screen goes by it. */
import { useEffect, useState } from "preact/hooks"

const MINUTE_MS = 60_000

/** Unix time, ms, anew each minute and whenever the app comes to the front. */
export function useMinute(): number {
  const [nowMs, setNowMs] = useState(Date.now)
  useEffect(() => {
    const look = () => setNowMs(Date.now())
    const timer = setInterval(look, MINUTE_MS)
    document.addEventListener("visibilitychange", look)
    return () => {
      clearInterval(timer)
      document.removeEventListener("visibilitychange", look)
    }
  }, [])
  return nowMs
}
