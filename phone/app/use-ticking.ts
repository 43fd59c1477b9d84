/** The time between two looks at the device, for what moves on meanwhile. */
import { useEffect, useState } from "preact/hooks"

const TICK_MS = 200

/** @returns performance.now(), anew five times a second */
export function useTicking(): number {
  const [nowMs, setNowMs] = useState(() => performance.now())
  useEffect(() => {
    const timer = setInterval(() => setNowMs(performance.now()), TICK_MS)
    return () => clearInterval(timer)
  }, [])
  return nowMs
}
