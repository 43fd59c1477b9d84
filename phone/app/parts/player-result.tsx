/** What came of a routine, in plain words, and the way on. */
import { STOP_RULE } from "../../../routines/safety"
import type { CoachValue } from "../../link/device-client"
import { resultWords } from "../coach/coach-words"
import { hashOf } from "../route"
import { Panel } from "./panel"
import { SeeSomebody } from "./safety"

export function PlayerResult({ value }: { value: CoachValue }) {
  const { title, says, care } = resultWords(value)
  return (
    <Panel id="result" title={title}>
      <p class="player-words">{says}</p>
      {care !== "none" && (
        <p>
          <strong>{STOP_RULE}</strong>
        </p>
      )}
      {care === "somebody" && <SeeSomebody />}
      <a class="button primary" href={hashOf({ screen: "routines" })}>
        To the routines
      </a>
    </Panel>
  )
}
