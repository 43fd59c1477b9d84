/** A backup to a file, and back from one: onto a new phone, or what two phones have put together. */
import { useRef } from "preact/hooks"
import { restoredWords } from "../restored-words"
import { saveBackup } from "../saved-files"
import { useApp } from "../use-app"
import { useTask } from "../use-task"
import { Panel } from "./panel"
import { TaskOutcome } from "./task-outcome"

export function BackupPanel() {
  const { data } = useApp()
  const [saving, beginSaving] = useTask()
  const [restoring, beginRestoring] = useTask()
  const isBusy = saving.isBusy || restoring.isBusy
  return (
    <Panel id="backup" title="Backup">
      <p>
        One file with all your runs, scores and choices. Keep it somewhere else than on this phone. Whoever
        has the file can read it.
      </p>
      <div class="buttons">
        <button
          type="button"
          class="primary"
          disabled={isBusy}
          onClick={() => void beginSaving((progress) => saveBackup(data, progress))}
        >
          Save a backup
        </button>
        <ChooseBackup
          isBusy={isBusy}
          choose={(file) =>
            void beginRestoring(async (progress) => restoredWords(await data.restore(file, progress)))
          }
        />
      </div>
      <TaskOutcome task={saving} doing="Making the backup…" />
      <TaskOutcome task={restoring} doing="Reading the backup…" />
      <p class="soft">
        Bringing a backup in adds what is not here yet and deletes nothing. If it breaks off, nothing has
        changed.
      </p>
    </Panel>
  )
}

function ChooseBackup({ isBusy, choose }: { isBusy: boolean; choose: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <button type="button" disabled={isBusy} onClick={() => input.current?.click()}>
        Bring a backup in
      </button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label="Backup file"
        accept=".json,application/json"
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0]
          if (file) choose(file)
          // The same file can be chosen once more.
          currentTarget.value = ""
        }}
      />
    </>
  )
}
