/** What a wearer has asked for and waits for: how far it is, and what came of it, in words. */
import { useState } from "preact/hooks"

export interface Task {
  readonly isBusy: boolean
  /** From 0 to 1; undefined while it is not known. */
  readonly share: number | undefined
  /** What came of the last one. */
  readonly said: string | undefined
  /** Why the last one failed, with a way out. */
  readonly trouble: string | undefined
}

/** @returns the words that the wearer is told afterwards */
export type Work = (progress: (share: number) => void) => Promise<string>

const NOTHING: Task = { isBusy: false, share: undefined, said: undefined, trouble: undefined }

/** One at a time. */
export function useTask(): [task: Task, begin: (work: Work) => Promise<void>] {
  const [task, setTask] = useState(NOTHING)
  const begin = async (work: Work) => {
    if (task.isBusy) return
    setTask({ ...NOTHING, isBusy: true })
    try {
      const said = await work((share) => setTask({ ...NOTHING, isBusy: true, share }))
      setTask({ ...NOTHING, said })
    } catch (error) {
      setTask({ ...NOTHING, trouble: error instanceof Error ? error.message : String(error) })
    }
  }
  return [task, begin]
}
