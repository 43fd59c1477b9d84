/** How the app looks, and whether it asks for pain scores. */
import { useEffect, useState } from "preact/hooks"
import type { Preferences } from "../../data/kept"
import { useApp } from "../use-app"
import { useTask } from "../use-task"
import { Panel } from "./panel"
import { TaskOutcome } from "./task-outcome"

const SCHEMES: readonly { scheme: Preferences["scheme"]; words: string }[] = [
  { scheme: "system", words: "As the phone has it" },
  { scheme: "light", words: "Light" },
  { scheme: "dark", words: "Dark" },
]

export function ChoicesPanel({ preferences }: { preferences: Preferences }) {
  const { data } = useApp()
  const [task, begin] = useTask()
  // At once as the wearer chose, before it is kept.
  const [shown, setShown] = useState(preferences)
  useEffect(() => setShown(preferences), [preferences])
  const keep = (choice: Partial<Preferences>) => {
    const next = { ...preferences, ...choice }
    setShown(next)
    void begin(async () => {
      try {
        await data.keepPreferences(next)
      } catch (error) {
        setShown(preferences)
        throw error
      }
      return ""
    })
  }
  return (
    <Panel id="choices" title="Your choices">
      <fieldset class="choices">
        <legend>Appearance</legend>
        {SCHEMES.map(({ scheme, words }) => (
          <label key={scheme}>
            <input
              type="radio"
              name="scheme"
              checked={shown.scheme === scheme}
              onChange={() => keep({ scheme })}
            />
            <span>{words}</span>
          </label>
        ))}
      </fieldset>
      <fieldset class="choices">
        <legend>Pain scores</legend>
        <label>
          <input
            type="checkbox"
            checked={shown.asksForScores}
            onChange={({ currentTarget }) => keep({ asksForScores: currentTarget.checked })}
          />
          <span>Ask how the knee was, on the list of runs</span>
        </label>
      </fieldset>
      <p class="soft">
        After a run, an hour later and the next morning. Only here, when you open Patella: it sends no
        notifications.
      </p>
      <TaskOutcome task={task} doing="Keeping your choice…" />
    </Panel>
  )
}
