/** Keeps the phone's screen on while a screen of the app is shown. */
import { useEffect, useState } from "preact/hooks"

/** @returns whether it is kept on; undefined until the browser has said so */
export function useWakeLock(): boolean | undefined {
  const [isKept, setIsKept] = useState<boolean>()
  useEffect(() => {
    let lock: WakeLockSentinel | undefined
    let isOver = false
    const keep = async () => {
      if (document.visibilityState !== "visible") return
      const kept = await wakeLock()
      if (isOver) return void kept?.release()
      lock = kept
      setIsKept(kept !== undefined)
      kept?.addEventListener("release", () => !isOver && setIsKept(false))
    }
    void keep()
    // The browser lets go of it when the app goes out of sight.
    document.addEventListener("visibilitychange", keep)
    return () => {
      isOver = true
      document.removeEventListener("visibilitychange", keep)
      void lock?.release()
    }
  }, [])
  return isKept
}

/** Undefined where there is none, or a battery that is low forbids it. */
async function wakeLock(): Promise<WakeLockSentinel | undefined> {
  if (!("wakeLock" in navigator)) return undefined
  return navigator.wakeLock.request("screen").catch(() => undefined)
}
