/** The routines of one moment around a run, each with what it takes. */
import { WRITTEN_ROUTINES } from "../../../routines/library"
import type { WhenToDo } from "../../../routines/written-routine"
import { minutesWords } from "../coach/coach-words"
import { hashOf } from "../route"

export function RoutineLines({ when }: { when: WhenToDo }) {
  return (
    <ul class="routine-lines">
      {WRITTEN_ROUTINES.filter((routine) => routine.when === when).map((routine) => (
        <li key={routine.id}>
          <a class="routine-line" href={hashOf({ screen: "routine", name: routine.name })}>
            <strong>{routine.title}</strong>
            <span>{routine.purpose}</span>
            <span class="soft">
              {minutesWords(routine)}; {routine.equipment.join(", ")}
            </span>
          </a>
        </li>
      ))}
    </ul>
  )
}
