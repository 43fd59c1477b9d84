/** What has to be known of a run's data: what is missing, how the knee was measured, and how far the depths are off. */
import type { QualityNote } from "../../runs/data-quality"

export function Quality({ notes }: { notes: readonly QualityNote[] }) {
  return (
    <ul class="moments">
      {notes.map(({ words, isDoubt }) => (
        <li key={words}>
          {isDoubt && <strong>Doubtful: </strong>}
          {words}
        </li>
      ))}
    </ul>
  )
}
