/** Deletes all that is kept, after a word typed by hand. */
import { useEffect, useRef, useState } from "preact/hooks"
import type { Kept } from "../app-state"
import { contentWords } from "../room-words"
import { saveBackup } from "../saved-files"
import { useApp } from "../use-app"
import { type Task, useTask } from "../use-task"
import { Panel } from "./panel"
import { TaskOutcome } from "./task-outcome"

const WORD = "delete"

export function DeletePanel({ kept }: { kept: Kept }) {
  const { data, link } = useApp()
  const [isAsking, setIsAsking] = useState(false)
  const [deleting, beginDeleting] = useTask()
  const ask = useRef<HTMLButtonElement>(null)
  const wasAsking = useRef(false)
  useEffect(() => {
    if (wasAsking.current && !isAsking) ask.current?.focus()
    wasAsking.current = isAsking
  }, [isAsking])
  const deleteAll = () =>
    void beginDeleting(async () => {
      // Otherwise a sync would go on and keep runs again.
      await link.disconnect()
      await data.deleteAll()
      setIsAsking(false)
      return "Everything on this phone is deleted."
    })
  return (
    <Panel id="delete" title="Delete everything">
      {isAsking ? (
        <Asked kept={kept} deleting={deleting} deleteAll={deleteAll} cancel={() => setIsAsking(false)} />
      ) : (
        <>
          <p>Takes all runs, scores, devices and choices off this phone.</p>
          <button ref={ask} type="button" onClick={() => setIsAsking(true)}>
            Delete everything…
          </button>
        </>
      )}
      <TaskOutcome task={deleting} doing="Deleting…" />
    </Panel>
  )
}

interface AskedProps {
  kept: Kept
  deleting: Task
  deleteAll: () => void
  cancel: () => void
}

function Asked({ kept, deleting, deleteAll, cancel }: AskedProps) {
  const { data } = useApp()
  const [saving, beginSaving] = useTask()
  const [typed, setTyped] = useState("")
  const warning = useRef<HTMLParagraphElement>(null)
  useEffect(() => warning.current?.focus(), [])
  const isBusy = saving.isBusy || deleting.isBusy
  const isMeant = typed.trim().toLowerCase() === WORD
  return (
    <form
      class="asked"
      onSubmit={(event) => {
        event.preventDefault()
        if (isMeant && !isBusy) deleteAll()
      }}
    >
      <p ref={warning} tabIndex={-1}>
        <strong>This cannot be undone.</strong> {contentWords(kept)}: all of it goes. Only a backup brings it
        back, and your device those runs that it still has.
      </p>
      <button
        type="button"
        class="primary"
        disabled={isBusy}
        onClick={() => void beginSaving((progress) => saveBackup(data, progress))}
      >
        Save a backup first
      </button>
      <TaskOutcome task={saving} doing="Making the backup…" />
      <label class="field">
        To delete, type “{WORD}”
        <input
          type="text"
          value={typed}
          autocomplete="off"
          autocapitalize="off"
          onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      </label>
      <div class="buttons">
        <button type="submit" class="final" disabled={!isMeant || isBusy}>
          Delete for good
        </button>
        <button type="button" disabled={isBusy} onClick={cancel}>
          Keep everything
        </button>
      </div>
    </form>
  )
}
