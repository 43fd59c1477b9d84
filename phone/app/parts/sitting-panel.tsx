/** How the first steps after long sittings went, as the wearer marked them. */
import type { KeptCoachEntry } from "../../data/kept"
import { sittingNotes } from "../../runs/coach-entries"
import { Panel } from "./panel"

/** Older ones are in the backup. */
const SHOWN = 10

export function SittingPanel({ coach }: { coach: readonly KeptCoachEntry[] }) {
  const notes = sittingNotes(coach)
  if (notes.length === 0) return null
  return (
    <Panel id="sitting" title="After sitting">
      <p class="soft">What you marked in the first steps after sitting long. It is no diagnosis.</p>
      <table>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Sat</th>
            <th scope="col">First steps</th>
          </tr>
        </thead>
        <tbody>
          {notes.slice(0, SHOWN).map(({ key, when, sat, pain }) => (
            <tr key={key}>
              <th scope="row">{when}</th>
              <td>{sat}</td>
              <td>{pain}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {notes.length > SHOWN && (
        <p class="soft">
          The last {SHOWN} of {notes.length}.
        </p>
      )}
    </Panel>
  )
}
