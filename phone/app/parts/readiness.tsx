/** The day's readiness tests before a run. */
import type { ReadinessTest } from "../../runs/coach-entries"

export function ReadinessTests({ tests }: { tests: readonly ReadinessTest[] }) {
  return (
    <ul class="moments">
      {tests.map(({ key, time, verdict, details }) => (
        <li key={key}>
          <strong>
            {time} {verdict}
          </strong>
          <br />
          {details}
        </li>
      ))}
    </ul>
  )
}
