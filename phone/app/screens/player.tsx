/** The routine that the device plays now, step by step. The device goes on when the phone leaves; whoever comes back sees where it is. */
import { useEffect } from "preact/hooks"
import { WRITTEN_ROUTINES } from "../../../routines/library"
import type { WrittenRoutine } from "../../../routines/written-routine"
import { CoachPhase } from "../../../src/coach/routine"
import type { CoachOpName, CoachValue } from "../../link/device-client"
import { isConnected } from "../../link/link-state"
import { resultWords, toldStep } from "../coach/coach-words"
import { focusHeading } from "../focus-heading"
import { CountAloud } from "../parts/count-aloud"
import { NotConnected } from "../parts/not-connected"
import { Panel } from "../parts/panel"
import { PlayerControls } from "../parts/player-controls"
import { PlayerResult } from "../parts/player-result"
import { PlayerStep } from "../parts/player-step"
import { Screen } from "../parts/screen"
import { hashOf } from "../route"
import { useAppState } from "../use-app"
import { type CoachLook, useCoach } from "../use-coach"
import { useLostSince } from "../use-live"
import { useWakeLock } from "../use-wake-lock"

const QUESTION = "Did it hurt?"

export function PlayerScreen() {
  const isOn = useAppState((state) => isConnected(state.link))
  const lostSinceMs = useLostSince()
  const isKept = useWakeLock()
  const { look, ask } = useCoach()
  const phase = look?.value.phase
  const routine = WRITTEN_ROUTINES.find(({ id }) => id === look?.value.routine)
  const hasBegun = phase !== undefined && phase !== CoachPhase.idle && phase !== CoachPhase.choosing
  useHeadingAfter(phase)
  return (
    <div class="player">
      <Screen title={(hasBegun && routine?.title) || "Routine"}>
        {!isOn && (
          <NotConnected
            sinceMs={lostSinceMs}
            purpose="A routine goes on without this phone: press the button of the device to go on, twice quickly if it hurts, and hold it to end. Connected, you see here where it is."
          />
        )}
        {isOn && !look && <p class="soft">Asking the device what it does…</p>}
        {look && <Shown look={look} routine={routine} ask={ask} />}
        {isKept === false && hasBegun && (
          <p class="soft">
            This browser cannot keep the screen on now. Your phone may switch it off; the device goes on.
          </p>
        )}
        <p class="hidden" role="status">
          {look && toldWords(look.value, routine)}
        </p>
      </Screen>
    </div>
  )
}

interface ShownProps {
  look: CoachLook
  /** Undefined for one that this version of the app does not know. */
  routine: WrittenRoutine | undefined
  ask: (op: CoachOpName) => Promise<boolean>
}

function Shown({ look, routine, ask }: ShownProps) {
  const { value } = look
  switch (value.phase) {
    case CoachPhase.playing:
    case CoachPhase.asking:
      return <Playing look={look} routine={routine} ask={ask} />
    case CoachPhase.done:
      return <PlayerResult value={value} />
    case CoachPhase.choosing:
      return (
        <Panel id="choosing" title="You are choosing by the button">
          <p>Each short press goes on to the next routine. Four seconds without a press begin it.</p>
        </Panel>
      )
    default:
      return (
        <Panel id="idle" title="Nothing is going on">
          <a class="button primary" href={hashOf({ screen: "routines" })}>
            Choose a routine
          </a>
        </Panel>
      )
  }
}

function Playing({ look, routine, ask }: ShownProps) {
  const countsAloud = useAppState((state) => state.kept?.preferences.countsAloud ?? false)
  const { step: place, phase } = look.value
  const isAsking = phase === CoachPhase.asking
  const step = routine?.steps[place]
  return (
    <>
      {isAsking && (
        <section class="panel" aria-labelledby="asking">
          <p class="soft">{step?.title}</p>
          <h2 id="asking" class="player-question">
            {QUESTION}
          </h2>
        </section>
      )}
      {!isAsking && step && (
        <PlayerStep
          key={place}
          step={step}
          place={`Step ${place + 1} of ${routine.steps.length}`}
          look={look}
          countsAloud={countsAloud}
        />
      )}
      {!step && (
        <Panel id="unknown" title={`Step ${place + 1}`}>
          <p>This version of the app does not know the routine. Load the app anew to have the newest one.</p>
        </Panel>
      )}
      <PlayerControls isAsking={isAsking} ask={ask} />
      {routine?.steps.some(({ spoken }) => spoken) && <CountAloud />}
    </>
  )
}

function toldWords(value: CoachValue, routine: WrittenRoutine | undefined): string {
  if (value.phase === CoachPhase.asking) return QUESTION
  if (value.phase === CoachPhase.playing && routine) return toldStep(routine, value.step, value.repeat)
  if (value.phase !== CoachPhase.done) return ""
  const { title, says } = resultWords(value)
  return `${title}. ${says}`
}

/** Where what had the focus went with the phase before. */
function useHeadingAfter(phase: number | undefined): void {
  useEffect(() => {
    if (phase !== undefined && document.activeElement === document.body) focusHeading()
  }, [phase])
}
