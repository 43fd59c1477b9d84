/** What the device does for the wearer now, looked at as long as a screen shows it, since the device does not tell it by itself; and what the wearer asks of it. */
import { useEffect, useState } from "preact/hooks"
import { CoachPhase } from "../../src/coach/routine"
import type { CoachOpName, CoachValue } from "../link/device-client"
import { isConnected } from "../link/link-state"
import { useApp, useAppState } from "./use-app"

const LOOK_EVERY_MS = 500

export interface CoachLook {
  readonly value: CoachValue
  /** When it came, by performance.now(). */
  readonly atMs: number
}

interface CoachView {
  /** Undefined until the device has told, and without a connection. */
  readonly look: CoachLook | undefined
  /** @returns whether the device did it */
  ask(op: CoachOpName): Promise<boolean>
}

/** What came of a routine that is done is kept at once. */
export function useCoach(): CoachView {
  const { link } = useApp()
  const isOn = useAppState((state) => isConnected(state.link))
  const [look, setLook] = useState<CoachLook>()
  useEffect(() => {
    if (!isOn) return
    let isOver = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const again = async () => {
      const value = await link.coach()
      if (isOver) return
      if (value) setLook({ value, atMs: performance.now() })
      timer = setTimeout(again, LOOK_EVERY_MS)
    }
    void again()
    return () => {
      isOver = true
      clearTimeout(timer)
      setLook(undefined)
    }
  }, [link, isOn])

  const isDone = look?.value.phase === CoachPhase.done
  useEffect(() => {
    if (isDone) void link.fetchCoachLog()
  }, [link, isDone])

  const ask = async (op: CoachOpName) => {
    const isTaken = await link.askCoach(op)
    const value = await link.coach()
    if (value) setLook({ value, atMs: performance.now() })
    return isTaken
  }
  return { look, ask }
}
