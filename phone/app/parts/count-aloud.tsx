/** Whether the phone counts aloud in a routine; only where the browser has a voice. */
import { useState } from "preact/hooks"
import { useApp, useAppState } from "../use-app"
import { canSpeak, speak } from "../use-spoken"
import { useTask } from "../use-task"
import { TaskOutcome } from "./task-outcome"

export function CountAloud() {
  const { data } = useApp()
  const preferences = useAppState((state) => state.kept?.preferences)
  const [task, begin] = useTask()
  // At once as the wearer chose, before it is kept.
  const [chosen, setChosen] = useState<boolean>()
  if (!preferences || !canSpeak()) return null
  const choose = (countsAloud: boolean) => {
    // Some browsers have a voice only for a page that has spoken in answer to a tap.
    if (countsAloud) speak("Counting aloud")
    setChosen(countsAloud)
    void begin(async () => {
      try {
        await data.keepPreferences({ ...preferences, countsAloud })
        return ""
      } catch (error) {
        setChosen(undefined)
        throw error
      }
    })
  }
  return (
    <fieldset class="choices">
      <legend>Voice</legend>
      <label>
        <input
          type="checkbox"
          checked={chosen ?? preferences.countsAloud ?? false}
          onChange={({ currentTarget }) => choose(currentTarget.checked)}
        />
        <span>Count aloud on this phone</span>
      </label>
      <TaskOutcome task={task} doing="Keeping your choice…" />
    </fieldset>
  )
}
