/** Weeks and months beside each other: how each knee did, drawn, in words and as a table. */
import { useMemo, useState } from "preact/hooks"
import type { Period } from "../../runs/trend"
import { LatestWeekPanel } from "../parts/latest-week-panel"
import { NoRuns } from "../parts/no-runs"
import { Screen } from "../parts/screen"
import { TrendFigure } from "../parts/trend-figure"
import { TrendKey } from "../parts/trend-key"
import { TrendTable } from "../parts/trend-table"
import { hashOf } from "../route"
import { today } from "../today"
import { figuresOf } from "../trends/figures"
import { kneeTrends, type TrendSource } from "../trends/knee-trend"
import { latestWeek } from "../trends/latest-week"
import { shownPeriods, versionMarks } from "../trends/span"
import { tooLittleWords } from "../trends/too-little"
import { useAppState } from "../use-app"
import { REPORT_WEEKS } from "../week-rows"

const PERIODS: readonly [period: Period, words: string][] = [
  ["week", "Weeks"],
  ["month", "Months"],
]

export function TrendsScreen() {
  const kept = useAppState((state) => state.kept)
  return (
    <Screen title="Trends">{kept && (kept.digests.length === 0 ? <NoRuns /> : <Trends {...kept} />)}</Screen>
  )
}

function Trends({ digests, devices, scores }: TrendSource) {
  const [period, setPeriod] = useState<Period>("week")
  const weekly = useMemo(() => kneeTrends({ digests, devices, scores }, "week"), [digests, devices, scores])
  const latest = useMemo(() => weekly.flatMap((knee) => latestWeek(knee, today(Date.now())) ?? []), [weekly])
  const knees = useMemo(
    () => (period === "week" ? weekly : kneeTrends({ digests, devices, scores }, period)),
    [weekly, digests, devices, scores, period],
  )
  const periods = useMemo(() => shownPeriods(knees, period), [knees, period])
  const figures = useMemo(() => figuresOf(knees, periods, period), [knees, periods, period])
  const fromDay = periods[0] ?? 0
  const marks = useMemo(() => versionMarks(knees, fromDay), [knees, fromDay])
  const tooLittle = tooLittleWords(weekly)
  return (
    <>
      {tooLittle && <p class="panel">{tooLittle}</p>}
      <div class="side-by-side">
        {latest.map((week) => (
          <LatestWeekPanel key={week.knee} week={week} />
        ))}
      </div>
      {tooLittle === undefined && (
        <>
          <fieldset class="choices periods">
            <legend>Shown by</legend>
            {PERIODS.map(([one, words]) => (
              <label key={one}>
                <input type="radio" name="period" checked={period === one} onChange={() => setPeriod(one)} />
                <span>{words}</span>
              </label>
            ))}
          </fieldset>
          <TrendKey knees={knees} marks={marks} period={period} />
          <div class="side-by-side">
            {figures.map((figure) => (
              <TrendFigure key={figure.title} drawn={{ figure, periods, marks }} />
            ))}
          </div>
        </>
      )}
      {periods.length > 0 && <TrendTable knees={knees} fromDay={fromDay} period={period} />}
      <p>
        <a class="button" href={hashOf({ screen: "report", weeks: REPORT_WEEKS })}>
          Report for your physiotherapist
        </a>
      </p>
    </>
  )
}
