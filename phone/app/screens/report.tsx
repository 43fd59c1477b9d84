/** A run on one page of paper, for a physiotherapist. */
import { useMemo } from "preact/hooks"
import { SCORE_TIMES } from "../../data/kept"
import { compareWithEarlier } from "../../runs/change"
import { type ReadinessTest, readinessBefore } from "../../runs/coach-entries"
import { HISTORY_DAYS, loadHistory } from "../../runs/load-history"
import { dateWords, timeWords } from "../../runs/local-time"
import { painRule } from "../../runs/pain-rule"
import { deviceWords } from "../device-words"
import { type OpenedRun, useRun } from "../opened-run"
import { BlockTable } from "../parts/block-table"
import { Changes } from "../parts/changes"
import { Depths } from "../parts/depths"
import { Figures } from "../parts/figures"
import { SCORE_NAMES } from "../parts/pain-scores"
import { Quality } from "../parts/quality"
import { buzzList, PainMarks } from "../parts/run-marks"
import { RunPlot } from "../parts/run-plot"
import { Printed, Sheet } from "../parts/sheet"
import { WeekTable } from "../parts/week-table"
import { hashOf } from "../route"
import { figuresOf } from "../run-figures"
import { REPORT_WEEKS, weeksBefore } from "../week-rows"

export function ReportScreen({ runKey }: { runKey: string }) {
  const run = useRun(runKey)
  if ("words" in run)
    return (
      <Sheet title="Report">
        <p>{run.words}</p>
      </Sheet>
    )
  return (
    <Sheet title={`Run, ${dateWords(run.digest)}`}>
      <Printed
        ways={
          <>
            <a class="button" href={hashOf({ screen: "report", weeks: REPORT_WEEKS })}>
              The last weeks instead
            </a>
            <a class="button" href={hashOf({ screen: "run", key: runKey })}>
              Back to the run
            </a>
          </>
        }
      >
        <Page run={run} />
      </Printed>
    </Sheet>
  )
}

function Page({ run: { digest, view, all } }: { run: OpenedRun }) {
  const { digests, devices, scores, coach } = all
  const compared = useMemo(() => compareWithEarlier(digest, digests), [digest, digests])
  const history = useMemo(() => loadHistory(digest, digests, devices), [digest, digests, devices])
  const weeks = useMemo(() => weeksBefore(digest, digests, devices, REPORT_WEEKS), [digest, digests, devices])
  const tests = useMemo(() => readinessBefore(digest, coach, devices), [digest, coach, devices])
  const begun = timeWords(digest)
  const about = [
    begun && `Began ${begun}`,
    deviceWords(devices, digest.deviceId),
    `firmware ${view.firmware}`,
    `flexion model ${view.modelVersion}`,
  ]
  return (
    <>
      <p>{about.filter(Boolean).join(", ")}</p>
      {tests.length > 0 && <p>Readiness before the run: {tests.map(testWords).join("; ")}.</p>}
      <Figures figures={figuresOf(view)} />
      <section aria-labelledby="over-time">
        <h2 id="over-time">Over the run</h2>
        <RunPlot run={view} />
        <div class="not-printed">
          <BlockTable run={view} />
        </div>
        <p>{buzzList(view)}</p>
      </section>
      <div class="columns">
        <section aria-labelledby="depths">
          <h2 id="depths">How deep</h2>
          <Depths run={view} />
          <h2>Load beside the last {HISTORY_DAYS} days</h2>
          <p>{history.words}</p>
        </section>
        <section aria-labelledby="compared">
          <h2 id="compared">Beside earlier runs</h2>
          <Changes compared={compared} />
        </section>
        <section aria-labelledby="pains">
          <h2 id="pains">Pain</h2>
          <Scores digest={digest} scores={scores} />
          <PainMarks run={view} />
        </section>
        <section aria-labelledby="quality">
          <h2 id="quality">How good the data is</h2>
          <Quality notes={view.quality} />
        </section>
      </div>
      <section aria-labelledby="weeks">
        <h2 id="weeks">The {REPORT_WEEKS} weeks up to this run</h2>
        <WeekTable rows={weeks} />
      </section>
    </>
  )
}

function testWords({ time, verdict, details }: ReadinessTest): string {
  return `${time} ${verdict} (${details})`
}

function Scores({ digest, scores }: Pick<OpenedRun, "digest"> & Pick<OpenedRun["all"], "scores">) {
  const own = SCORE_TIMES.flatMap((time) => {
    const score = scores.find((one) => one.runKey === digest.key && one.time === time)?.score
    return score === undefined ? [] : `${SCORE_NAMES[time].toLowerCase()} ${score} of 10`
  })
  if (own.length === 0) return <p>No pain scores were given.</p>
  return (
    <p>
      Scores: {own.join(", ")}. {painRule(digest, scores, Date.now()).words}
    </p>
  )
}
