/** Pain around a run: three scores, what the rule says of each, and when the next one is due. */
import type { PainScore, ScoreTime } from "../../data/kept"
import { dateWords, timeWords } from "../../runs/local-time"
import { type DueScore, painRule } from "../../runs/pain-rule"
import type { RunDigest } from "../../runs/run-digest"
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
}

export function PainScores({ digest, scores }: PainScoresProps) {
  const nowMs = Date.now()
  const { parts, words, due } = painRule(digest, scores, nowMs)
  const isLater = due?.fromMs !== undefined && due.fromMs > nowMs
  return (
    <Panel id="pain-scores" title="Pain around this run">
      <p class="soft">
        A rule for runners: at most 2 of 10 during the run, back to usual within an hour, not worse the next
        morning.
      </p>
      {parts.map(({ time, words: said }) => {
        const given = scores.find((score) => score.runKey === digest.key && score.time === time)
        return (
          <section class="score" key={time} aria-labelledby={`score-${time}`}>
            <h3 id={`score-${time}`}>{SCORE_NAMES[time]}</h3>
            <p>{said}</p>
            <details open={due?.time === time && !isLater}>
              <summary>{given === undefined ? "Give a score" : "Correct it"}</summary>
              <ScoreButtons
                run={digest}
                time={time}
                label={`${SCORE_NAMES[time]}, pain from 0 to 10`}
                given={given}
              />
            </details>
          </section>
        )
      })}
      <p role="status">
        <strong>{words}</strong>
        {due && isLater && ` Next: ${dueWords(due, digest)}`}
      </p>
    </Panel>
  )
}

/** By the clocks of the run. */
function dueWords({ time, fromMs = 0 }: DueScore, { start }: RunDigest): string {
  const from = {
    start: { unixS: Math.round(fromMs / MS_PER_S), zoneQuarters: start.zoneQuarters },
    receivedMs: fromMs,
  }
  return `${SCORE_NAMES[time].toLowerCase()}, from ${timeWords(from)} on ${dateWords(from)}.`
}
