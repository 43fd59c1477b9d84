/** Figures beside each other: name, value with its error band, and a word on it. */
import type { Figure } from "../run-figures"

export function Figures({ figures }: { figures: readonly Figure[] }) {
  return (
    <dl class="figures">
      {figures.map(({ name, value, note }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd class="figure">{value}</dd>
          {note && <dd class="soft">{note}</dd>}
        </div>
      ))}
    </dl>
  )
}
