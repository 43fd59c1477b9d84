/** What went wrong between phone and device, and the way out. */
import type { Failure } from "../../link/failure"

export function FailureNotice({ failure }: { failure: Failure }) {
  const { happened, toDo, detail } = failure
  return (
    <div class="notice">
      <p>
        <strong>{happened}</strong> {toDo}
      </p>
      {detail && (
        <details>
          <summary>The error’s own words</summary>
          <code>{detail}</code>
        </details>
      )}
    </div>
  )
}
