/** The pain score that is due now, if any: quiet, and gone when it is given or turned down. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks"
import type { PainScore } from "../../data/kept"
import type { Kept } from "../app-state"
import { type AskedScore, askedScore, askedWords, withoutAsking } from "../asked-score"
import { focusHeading } from "../focus-heading"
import { hashOf } from "../route"
import { useApp } from "../use-app"
import { useMinute } from "../use-minute"
import { useTask } from "../use-task"
import { Panel } from "./panel"
import { ScoreButtons } from "./score-buttons"
import { TaskOutcome } from "./task-outcome"

export function DueScore({ kept }: { kept: Kept }) {
  const { data } = useApp()
  const { digests, devices, scores, preferences } = kept
  const nowMs = useMinute()
  const asked = useMemo(
    () => askedScore(digests, scores, preferences, nowMs),
    [digests, scores, preferences, nowMs],
  )
  const given = useGiven(asked, scores)
  const [task, begin] = useTask()
  const turnDown = (one: AskedScore) =>
    void begin(async () => {
      await data.keepPreferences(withoutAsking(preferences, one))
      return "You are not asked about this run again."
    })
  return (
    <>
      {asked && (
        <Panel id="asked" title={askedWords(asked, devices)}>
          <ScoreButtons run={asked.run} time={asked.time} label="Pain from 0 to 10" given={undefined} />
          <button type="button" class="quiet" disabled={task.isBusy} onClick={() => turnDown(asked)}>
            Do not ask about this run
          </button>
        </Panel>
      )}
      <p class="outcome" role="status">
        {given && (
          <>
            {given.score} of 10 is kept. <a href={hashOf({ screen: "run", key: given.runKey })}>Change it</a>
          </>
        )}
      </p>
      <TaskOutcome task={task} doing="Keeping it…" />
    </>
  )
}

/** The score that was asked for a moment ago, once it is kept. The button that was pressed has gone with its question, and the focus with it. */
function useGiven(asked: AskedScore | undefined, scores: readonly PainScore[]): PainScore | undefined {
  const before = useRef(asked)
  const [given, setGiven] = useState<PainScore>()
  useEffect(() => {
    const was = before.current
    before.current = asked
    if (!was || was === asked) return
    setGiven(scores.find(({ runKey, time }) => runKey === was.run.key && time === was.time))
    if (!asked && document.activeElement === document.body) focusHeading()
  }, [asked, scores])
  return given
}
