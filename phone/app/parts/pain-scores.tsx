/** Pain around a run: three scores, each from when it can be given, and what the rule says of them. */
import { useRef } from "preact/hooks"
import type { PainScore, Preferences, ScoreTime } from "../../data/kept"
import { dateWords, timeWords } from "../../runs/local-time"
import { painRule, scoreWindows } from "../../runs/pain-rule"
import type { RunDigest } from "../../runs/run-digest"
import { askedOf } from "../asked-score"
import { useMinute } from "../use-minute"
import { Panel } from "./panel"
import { ScoreButtons } from "./score-buttons"

const MS_PER_S = 1000

export const SCORE_NAMES: Readonly<Record<ScoreTime, string>> = {
  after: "During the run",
  hour: "An hour after",
  morning: "The next morning",
}

interface PainScoresProps {
  digest: RunDigest
  scores: readonly PainScore[]
  preferences: Preferences
}

export function PainScores({ digest, scores, preferences }: PainScoresProps) {
  const nowMs = useMinute()
  const { parts, words } = painRule(digest, scores, nowMs)
  const asked = askedOf(digest, scores, preferences, nowMs)?.time
  const windows = scoreWindows(digest)
  return (
    <Panel id="pain-scores" title="Pain around this run">
      <p class="soft">
        A rule for runners: at most 2 of 10 during the run, back to usual within an hour, not worse the next
        morning.
      </p>
      {parts.map(({ time, words: said }) => {
        const given = scores.find((score) => score.runKey === digest.key && score.time === time)
        const fromMs = windows.find((window) => window.time === time)?.fromMs ?? 0
        return (
          <section class="score" key={time} aria-labelledby={`score-${time}`}>
            <h3 id={`score-${time}`}>{SCORE_NAMES[time]}</h3>
            {given === undefined && fromMs > nowMs ? (
              <p class="soft">{fromWords(fromMs, digest)}</p>
            ) : (
              <>
                <p>{said}</p>
                <Answer run={digest} time={time} given={given} isAsked={time === asked} />
              </>
            )}
          </section>
        )
      })}
      <p role="status">
        <strong>{words}</strong>
      </p>
    </Panel>
  )
}

interface AnswerProps {
  run: RunDigest
  time: ScoreTime
  given: PainScore | undefined
  isAsked: boolean
}

/** Opens when it is asked for, and stays so once it is given: the button that was pressed keeps the focus. */
function Answer({ run, time, given, isAsked }: AnswerProps) {
  const isOpen = useRef(false)
  isOpen.current ||= isAsked
  return (
    <details open={isOpen.current}>
      <summary>{given === undefined ? "Give a score" : "Correct it"}</summary>
      <ScoreButtons run={run} time={time} label={`${SCORE_NAMES[time]}, pain from 0 to 10`} given={given} />
    </details>
  )
}

/** By the clocks of the run. */
function fromWords(fromMs: number, { start }: RunDigest): string {
  const from = {
    start: { unixS: Math.round(fromMs / MS_PER_S), zoneQuarters: start.zoneQuarters },
    receivedMs: fromMs,
  }
  return `From ${timeWords(from)} on ${dateWords(from)}.`
}
