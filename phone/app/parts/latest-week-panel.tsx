/** A knee's latest week beside the weeks before, in words. */
import type { LatestWeek } from "../trends/latest-week"
import { Panel } from "./panel"

export function LatestWeekPanel({ week }: { week: LatestWeek }) {
  return (
    <Panel id={`latest-${week.knee.replace(/\W+/g, "-")}`} title={`${week.knee}, ${week.title}`}>
      <dl class="week-lines">
        {week.lines.map(({ name, now, before }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{now}</dd>
            {before !== "" && <dd class="before soft">{before}</dd>}
          </div>
        ))}
      </dl>
      {week.notes.map((note) => (
        <p key={note} class="soft">
          {note}
        </p>
      ))}
      {week.sourceWords !== undefined && (
        <details>
          <summary>What counts as noise</summary>
          <p class="soft">{week.sourceWords}</p>
        </details>
      )}
    </Panel>
  )
}
