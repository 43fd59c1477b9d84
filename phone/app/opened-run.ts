/** A run as it is kept, opened for a screen that shows all of it. */
import { useEffect, useMemo, useState } from "preact/hooks"
import type { KeptRun } from "../data/kept"
import type { RunDigest } from "../runs/run-digest"
import { type RunView, runView } from "../runs/run-view"
import type { Kept } from "./app-state"
import { useApp, useAppState } from "./use-app"

export interface OpenedRun {
  kept: KeptRun
  digest: RunDigest
  view: RunView
  /** What else is on this phone. */
  all: Kept
}

/** In place of a run: why there is none to show; "" while it is opened. */
export interface NotOpened {
  words: string
}

const MISSING: NotOpened = { words: "This run is not on this phone." }

/** A run never changes, except that the device learns later when it was. */
export function useRun(key: string): OpenedRun | NotOpened {
  const { data } = useApp()
  const all = useAppState((state) => state.kept)
  const digest = useMemo(() => all?.digests.find((one) => one.key === key), [all, key])
  const [kept, setKept] = useState<KeptRun>()
  const [trouble, setTrouble] = useState("")
  const startS = digest?.start.unixS
  useEffect(() => {
    if (startS === undefined) return
    let isShown = true
    data.run(key).then(
      (run) => isShown && setKept(run),
      (error: unknown) => isShown && setTrouble(error instanceof Error ? error.message : String(error)),
    )
    return () => {
      isShown = false
    }
  }, [data, key, startS])
  const view = useMemo(() => kept && runView(kept), [kept])
  if (all && !digest) return MISSING
  if (!all || !digest || !kept || !view) return { words: trouble }
  if ("unreadable" in view) return { words: view.words }
  return { kept, digest, view, all }
}
