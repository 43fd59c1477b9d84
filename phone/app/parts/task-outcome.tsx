/** How far something is that the wearer waits for, or what came of it. */
import type { Task } from "../use-task"

export function TaskOutcome({ task, doing }: { task: Task; doing: string }) {
  const { isBusy, share, said, trouble } = task
  return (
    <>
      {isBusy && (
        <label class="sync">
          {doing}
          <progress value={share} />
        </label>
      )}
      <p class="outcome" role="status">
        {said}
      </p>
      {trouble !== undefined && (
        <div class="notice" role="alert">
          <p>{trouble}</p>
        </div>
      )}
    </>
  )
}
