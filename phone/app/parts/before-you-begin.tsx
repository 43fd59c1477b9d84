/** What has to be read once before the first routine. */
import type { Preferences } from "../../data/kept"
import { useApp } from "../use-app"
import { useTask } from "../use-task"
import { Panel } from "./panel"
import { SafetyWords } from "./safety"
import { Screen } from "./screen"
import { TaskOutcome } from "./task-outcome"

export function BeforeYouBegin({ preferences }: { preferences: Preferences }) {
  const { data } = useApp()
  const [task, begin] = useTask()
  const read = () =>
    begin(async () => {
      await data.keepPreferences({ ...preferences, hasReadSafety: true })
      return ""
    })
  return (
    <Screen title="Before you begin">
      <Panel id="safety" title="Safety">
        <SafetyWords />
        <button type="button" class="primary" onClick={() => void read()}>
          I have read this
        </button>
        <TaskOutcome task={task} doing="Keeping that you have read it…" />
      </Panel>
    </Screen>
  )
}
