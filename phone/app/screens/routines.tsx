/** The routines: what is for before a run, with what the readiness test said today, what for after it and for between. */
import { WRITTEN_ROUTINES } from "../../../routines/library"
import { CoachPhase } from "../../../src/coach/routine"
import { WHEN_WORDS } from "../coach/coach-words"
import { Panel } from "../parts/panel"
import { RoutineLines } from "../parts/routine-lines"
import { SafetyWords } from "../parts/safety"
import { Screen } from "../parts/screen"
import { TodaysReadiness } from "../parts/todays-readiness"
import { hashOf } from "../route"
import { useAppState } from "../use-app"
import { useCoach } from "../use-coach"

export function RoutinesScreen() {
  const kept = useAppState((state) => state.kept)
  return (
    <Screen title="Routines">
      <p class="soft">
        Patella paces them by buzz, with the phone in your pocket, and counts the bends that it sees.
      </p>
      <GoingOn />
      <Panel id="before" title={WHEN_WORDS.before}>
        {kept && <TodaysReadiness kept={kept} />}
        <RoutineLines when="before" />
      </Panel>
      <Panel id="after" title={WHEN_WORDS.after}>
        <RoutineLines when="after" />
      </Panel>
      <Panel id="between" title={WHEN_WORDS.between}>
        <RoutineLines when="between" />
      </Panel>
      <Panel id="safety" title="Safety">
        <details>
          <summary>When not to, and when to see somebody</summary>
          <SafetyWords />
        </details>
      </Panel>
    </Screen>
  )
}

/** Also one that the wearer began by the button. */
function GoingOn() {
  const { look } = useCoach()
  if (!look || look.value.phase === CoachPhase.idle || look.value.phase === CoachPhase.done) return null
  const { phase, routine } = look.value
  const title = WRITTEN_ROUTINES.find(({ id }) => id === routine)?.title
  return (
    <Panel id="going-on" title="Going on now">
      <p>{phase === CoachPhase.choosing || title === undefined ? "A routine on your device." : title}</p>
      <a class="button primary" href={hashOf({ screen: "player" })}>
        Show it
      </a>
    </Panel>
  )
}
