/** The device's live measurement, followed as long as a screen shows it. */
import { useEffect, useRef, useState } from "preact/hooks"
import { isConnected } from "../link/link-state"
import { LiveTrace } from "./live-trace"
import { useApp, useAppState } from "./use-app"

/** A run goes on while another screen is shown. */
const TRACES = new WeakMap<object, LiveTrace>()

/** @returns the trace of what has come; the part is rendered anew with each reading */
export function useLive(): LiveTrace {
  const { link } = useApp()
  const isOn = useAppState((state) => isConnected(state.link))
  const live = useAppState((state) => state.link.live)
  useEffect(() => {
    if (!isOn) return
    void link.followLive(true)
    return () => void link.followLive(false)
  }, [link, isOn])
  const trace = TRACES.get(link) ?? new LiveTrace()
  TRACES.set(link, trace)
  if (live) trace.add(live)
  return trace
}

/** @returns the phone's time at which the connection was lost, as far as this screen saw it; undefined while there is one */
export function useLostSince(): number | undefined {
  const isOn = useAppState((state) => isConnected(state.link))
  const wasOn = useRef(isOn)
  const [sinceMs, setSinceMs] = useState<number>()
  useEffect(() => {
    if (isOn) setSinceMs(undefined)
    else if (wasOn.current) setSinceMs(Date.now())
    wasOn.current = isOn
  }, [isOn])
  return sinceMs
}
