/** The last weeks on one page of paper: each knee's weeks, and the pain in them. */
import { useMemo } from "preact/hooks"
import { type PainScore, SCORE_TIMES } from "../../data/kept"
import { dateWords, dayWords, localDay, weekStart } from "../../runs/local-time"
import { count } from "../../runs/number-words"
import type { RunDigest } from "../../runs/run-digest"
import type { Kept } from "../app-state"
import { SCORE_NAMES } from "../parts/pain-scores"
import { Printed, Sheet } from "../parts/sheet"
import { WeekTable } from "../parts/week-table"
import { hashOf } from "../route"
import { useAppState } from "../use-app"
import { weeksOfKnees } from "../week-rows"

const SPANS = [4, 12, 26]
const DAYS_PER_WEEK = 7

export function WeeksReportScreen({ weeks }: { weeks: number }) {
  const kept = useAppState((state) => state.kept)
  const newest = kept?.digests[0]
  if (!kept || !newest) return <Sheet title="Report">{kept && <p>No run is on this phone yet.</p>}</Sheet>
  return (
    <Sheet title={`${count(weeks, "week")} up to ${dayWords(localDay(newest))}`}>
      <Printed
        ways={SPANS.filter((span) => span !== weeks).map((span) => (
          <a key={span} class="button" href={hashOf({ screen: "report", weeks: span })}>
            {span} weeks
          </a>
        ))}
      >
        <Page kept={kept} weeks={weeks} lastDay={localDay(newest)} />
      </Printed>
    </Sheet>
  )
}

interface PageProps {
  kept: Kept
  weeks: number
  /** Of the newest run: a wearer who paused sees the weeks before it. */
  lastDay: number
}

function Page({ kept: { digests, devices, scores }, weeks, lastDay }: PageProps) {
  const knees = useMemo(
    () => weeksOfKnees(digests, devices, lastDay, weeks),
    [digests, devices, lastDay, weeks],
  )
  const firstDay = weekStart(lastDay) - (weeks - 1) * DAYS_PER_WEEK
  const painful = digests.filter((digest) => localDay(digest) >= firstDay && painWords(digest, scores) !== "")
  return (
    <>
      {knees.map(({ knee, rows }) => (
        <section key={knee}>
          <h2>{knee}</h2>
          <WeekTable rows={rows} />
        </section>
      ))}
      <section aria-labelledby="pains">
        <h2 id="pains">Pain</h2>
        {painful.length === 0 && <p>No pain marks, and no scores above 0.</p>}
        <ul class="moments">
          {painful.map((digest) => (
            <li key={digest.key}>
              <strong>{dateWords(digest)}</strong> {painWords(digest, scores)}
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="quality">
        <h2 id="quality">How to read it</h2>
        <p>
          Depths are off by the number behind ± on average, on other knees; a single knee can be further off.
          Weeks are never joined where the firmware or the flexion model changed.
        </p>
      </section>
    </>
  )
}

/** "" where there was none. */
function painWords({ key, pains }: RunDigest, scores: readonly PainScore[]): string {
  const given = SCORE_TIMES.flatMap((time) => {
    const score = scores.find((one) => one.runKey === key && one.time === time)?.score ?? 0
    return score === 0 ? [] : `${SCORE_NAMES[time].toLowerCase()} ${score} of 10`
  })
  return [...(pains === 0 ? [] : [count(pains, "mark")]), ...given].join(", ")
}
