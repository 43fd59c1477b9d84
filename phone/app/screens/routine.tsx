/** One routine: what it is for, when not to do it, how to begin it, its steps and how sure it is. Before the first one ever, the words about safety. */
import { useEffect, useRef } from "preact/hooks"
import { WRITTEN_ROUTINES } from "../../../routines/library"
import { NOT_WHEN } from "../../../routines/safety"
import type { WrittenRoutine } from "../../../routines/written-routine"
import { minutesWords, WHEN_WORDS } from "../coach/coach-words"
import { focusHeading } from "../focus-heading"
import { BeforeYouBegin } from "../parts/before-you-begin"
import { BeginRoutine } from "../parts/begin-routine"
import { Panel } from "../parts/panel"
import { RoutineEvidence, RoutineSteps } from "../parts/routine-steps"
import { ReasonItems } from "../parts/safety"
import { Screen } from "../parts/screen"
import { hashOf } from "../route"
import { useAppState } from "../use-app"

export function RoutineScreen({ name }: { name: string }) {
  const preferences = useAppState((state) => state.kept?.preferences)
  const routine = WRITTEN_ROUTINES.find((one) => one.name === name)
  useHeadingOnceRead(preferences && preferences.hasReadSafety === true)
  if (!routine) return <NoRoutine />
  if (!preferences) return <Screen title={routine.title}>{null}</Screen>
  return preferences.hasReadSafety ? (
    <Shown routine={routine} />
  ) : (
    <BeforeYouBegin preferences={preferences} />
  )
}

function Shown({ routine }: { routine: WrittenRoutine }) {
  const { title, when, purpose, equipment, notWhen, precautions } = routine
  return (
    <Screen title={title}>
      <p>{purpose}</p>
      <p class="soft">
        {WHEN_WORDS[when]}. {minutesWords(routine)}. You need: {equipment.join(", ")}.
      </p>
      <Panel id="mind" title="Before you begin">
        {notWhen.map((reasons) => (
          <details key={reasons}>
            <summary>{NOT_WHEN[reasons].title} when …</summary>
            <ReasonItems items={NOT_WHEN[reasons].items} />
          </details>
        ))}
        <ReasonItems items={precautions} />
      </Panel>
      <BeginRoutine routine={routine} />
      <RoutineSteps routine={routine} />
      <RoutineEvidence routine={routine} />
    </Screen>
  )
}

function NoRoutine() {
  return (
    <Screen title="No such routine">
      <p>There is no routine of this name.</p>
      <a class="button" href={hashOf({ screen: "routines" })}>
        All routines
      </a>
    </Screen>
  )
}

/** Where the routine takes the place of the words about safety. @param hasRead undefined until it is known */
function useHeadingOnceRead(hasRead: boolean | undefined): void {
  const before = useRef(hasRead)
  useEffect(() => {
    if (before.current === false && hasRead && document.activeElement === document.body) {
      scrollTo(0, 0)
      focusHeading()
    }
    before.current = hasRead
  }, [hasRead])
}
