/** A routine's steps, drawn and in words, and what it rests on. */
import type { WrittenRoutine } from "../../../routines/written-routine"
import { RoutineDrawing } from "../coach/routine-drawing"
import { Panel } from "./panel"

export function RoutineSteps({ routine: { steps } }: { routine: WrittenRoutine }) {
  return (
    <Panel id="steps" title="Steps">
      <ol class="routine-steps">
        {steps.map(({ title, words, drawing, optional }, place) => (
          <li key={`${place} ${title}`}>
            <RoutineDrawing name={drawing} />
            <div>
              <h3>
                {place + 1}. {title}
              </h3>
              <p>{words}</p>
              {optional && <p class="soft">Only if you want to.</p>}
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  )
}

export function RoutineEvidence({ routine: { evidence, sources } }: { routine: WrittenRoutine }) {
  return (
    <Panel id="evidence" title="How sure it is">
      <p>{evidence}</p>
      <h3>Sources</h3>
      <ul class="reasons">
        {sources.map(({ title, year, link, says }) => (
          <li key={link}>
            <a href={link}>{title}</a>
            {year !== undefined && ` (${year})`}: {says}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
