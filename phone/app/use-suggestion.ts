/** The threshold that the wearer's pain marks suggest, from the runs of one knee that are on this phone. */
import { useEffect, useState } from "preact/hooks"
import { kneeOf } from "../runs/knee"
import type { RunDigest } from "../runs/run-digest"
import { type RunView, runView } from "../runs/run-view"
import { suggestThreshold, type ThresholdSuggestion } from "../runs/threshold-suggestion"
import type { Kept } from "./app-state"
import { useApp, useAppState } from "./use-app"

/** @returns undefined until the runs are read */
export function useSuggestion(deviceId: string): ThresholdSuggestion | undefined {
  const { data } = useApp()
  const kept = useAppState((state) => state.kept)
  const [suggestion, setSuggestion] = useState<ThresholdSuggestion>()
  useEffect(() => {
    if (!kept) return
    let isOver = false
    const read = async () => {
      const runs: RunView[] = []
      for (const { key } of runsThatTell(kept, deviceId)) {
        const run = await data.run(key)
        const view = run && runView(run)
        if (view && !("unreadable" in view)) runs.push(view)
      }
      if (!isOver) setSuggestion(suggestThreshold(runs))
    }
    // What cannot be read is told for the whole app, and makes no suggestion.
    read().catch(() => {})
    return () => {
      isOver = true
    }
  }, [data, kept, deviceId])
  return suggestion
}

/** Those with marks, and the newest, which tells how the knee is measured now. */
export function runsThatTell(
  { digests, devices }: Pick<Kept, "digests" | "devices">,
  deviceId: string,
): RunDigest[] {
  const knee = kneeOf(devices)
  const own = digests.filter((one) => !one.unreadable && knee(one.deviceId) === knee(deviceId))
  return own.filter(({ pains }, index) => index === 0 || pains > 0)
}
