/** One run in detail, as a physiotherapist reads it with the wearer. */
import { useMemo } from "preact/hooks"
import { compareWithEarlier } from "../../runs/change"
import { readinessBefore } from "../../runs/coach-entries"
import { kneeOf } from "../../runs/knee"
import { loadHistory } from "../../runs/load-history"
import { dateWords, timeWords } from "../../runs/local-time"
import { deviceWords } from "../device-words"
import { type OpenedRun, useRun } from "../opened-run"
import { BlockTable } from "../parts/block-table"
import { Bouts } from "../parts/bouts"
import { Changes } from "../parts/changes"
import { Depths } from "../parts/depths"
import { Figures } from "../parts/figures"
import { LoadSpans } from "../parts/load-spans"
import { NextRunPanel } from "../parts/next-run-panel"
import { PainScores } from "../parts/pain-scores"
import { Panel } from "../parts/panel"
import { Quality } from "../parts/quality"
import { ReadinessTests } from "../parts/readiness"
import { RunFiles } from "../parts/run-files"
import { Buzzes, PainMarks } from "../parts/run-marks"
import { RunPlot } from "../parts/run-plot"
import { Screen } from "../parts/screen"
import { hashOf } from "../route"
import { figuresOf } from "../run-figures"

export function RunScreen({ runKey }: { runKey: string }) {
  const run = useRun(runKey)
  if ("words" in run)
    return (
      <Screen title="Run">
        <p>{run.words}</p>
      </Screen>
    )
  return (
    <Screen title={`Run, ${dateWords(run.digest)}`}>
      <Detail run={run} />
    </Screen>
  )
}

function Detail({ run }: { run: OpenedRun }) {
  const { digest, view, all } = run
  const { digests, devices, scores, coach, preferences } = all
  const compared = useMemo(() => compareWithEarlier(digest, digests), [digest, digests])
  const history = useMemo(() => loadHistory(digest, digests, devices), [digest, digests, devices])
  const tests = useMemo(() => readinessBefore(digest, coach, devices), [digest, coach, devices])
  const knee = kneeOf(devices)
  const newest = digests.find((one) => knee(one.deviceId) === knee(digest.deviceId))
  const doubts = view.quality.filter(({ isDoubt }) => isDoubt)
  const hasScore = scores.some((score) => score.runKey === digest.key)
  return (
    <>
      <p class="soft">
        {[timeWords(digest), deviceWords(devices, digest.deviceId)].filter(Boolean).join(", ")}
      </p>
      {doubts.length > 0 && (
        <div class="notice">
          <p>There is doubt about the data of this run. Keep it in mind with every number.</p>
          <Quality notes={doubts} />
        </div>
      )}
      {tests.length > 0 && (
        <Panel id="readiness" title="Before this run">
          <ReadinessTests tests={tests} />
        </Panel>
      )}
      <Panel id="figures" title="In figures">
        <Figures figures={figuresOf(view)} />
      </Panel>
      <Panel id="over-time" title="Over the run">
        <RunPlot run={view} />
        <BlockTable run={view} />
      </Panel>
      <Panel id="depths" title="How deep">
        <Depths run={view} />
      </Panel>
      <Panel id="load" title="Load">
        <p class={history.isAbove ? "warning" : ""}>{history.words}</p>
        <LoadSpans run={view} />
      </Panel>
      {(preferences.asksForScores || hasScore) && (
        <PainScores digest={digest} scores={scores} preferences={preferences} />
      )}
      {newest === digest && <NextRunPanel deviceId={digest.deviceId} kept={all} />}
      <Panel id="pains" title="Pain marks">
        <PainMarks run={view} />
      </Panel>
      <Panel id="buzzes" title="Buzzes">
        <Buzzes run={view} />
      </Panel>
      <Panel id="compared" title="Beside earlier runs">
        <Changes compared={compared} />
        {"sourceWords" in compared && (
          <details>
            <summary>Where these limits come from</summary>
            <p class="soft">{compared.sourceWords}</p>
          </details>
        )}
      </Panel>
      <Bouts run={view} />
      <Panel id="quality" title="How good the data is">
        <Quality notes={view.quality} />
        <p class="soft">
          Firmware {view.firmware}, flexion model {view.modelVersion}.
        </p>
      </Panel>
      <Panel id="files" title="Take it along">
        <p>
          <a class="button primary" href={hashOf({ screen: "report", key: digest.key })}>
            Report for your physiotherapist
          </a>
        </p>
        <RunFiles run={run} />
      </Panel>
    </>
  )
}
