/** All runs as tables, for a spreadsheet or somebody who helps. */
import type { Kept } from "../app-state"
import { saveBlockTable, saveRunTable } from "../saved-files"
import { useApp } from "../use-app"
import { useTask } from "../use-task"
import { Panel } from "./panel"
import { TaskOutcome } from "./task-outcome"

export function TablesPanel({ kept }: { kept: Kept }) {
  const { data } = useApp()
  const [task, begin] = useTask()
  const isOff = task.isBusy || kept.digests.length === 0
  return (
    <Panel id="tables" title="Tables">
      <p>
        CSV files that any spreadsheet opens: a row for each run, or a row for every few minutes of each. To
        move your runs to another phone, save a backup instead.
      </p>
      <div class="buttons">
        <button
          type="button"
          disabled={isOff}
          onClick={() => void begin((progress) => saveRunTable(data, kept, progress))}
        >
          Table of runs
        </button>
        <button
          type="button"
          disabled={isOff}
          onClick={() => void begin((progress) => saveBlockTable(data, kept, progress))}
        >
          Table of minutes
        </button>
      </div>
      <TaskOutcome task={task} doing="Reading your runs…" />
    </Panel>
  )
}
