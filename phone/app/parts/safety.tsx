/** The words about safety (routines/safety.ts), as every screen shows them. */
import { NOT_WHEN, type Reasons, SEE_SOMEBODY, STOP_RULE, WHAT_PATELLA_IS } from "../../../routines/safety"

export function ReasonItems({ items }: Pick<Reasons, "items">) {
  return (
    <ul class="reasons">
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  )
}

function ReasonsList({ reasons: { title, items } }: { reasons: Reasons }) {
  return (
    <div class="reasons-list">
      <h3>{title}</h3>
      <ReasonItems items={items} />
    </div>
  )
}

export function SeeSomebody() {
  return (
    <div class="safety-words">
      {Object.values(SEE_SOMEBODY).map((reasons) => (
        <ReasonsList key={reasons.title} reasons={reasons} />
      ))}
    </div>
  )
}

/** All of them. */
export function SafetyWords() {
  return (
    <div class="safety-words">
      {WHAT_PATELLA_IS.map((words) => (
        <p key={words}>{words}</p>
      ))}
      <p>
        <strong>{STOP_RULE}</strong>
      </p>
      {Object.values(NOT_WHEN).map((reasons) => (
        <ReasonsList key={reasons.title} reasons={reasons} />
      ))}
      <SeeSomebody />
      <p class="soft">No physiotherapist or doctor has reviewed the routines or these words yet.</p>
    </div>
  )
}
