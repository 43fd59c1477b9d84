/** All runs, a year at a time, newest first. */
import { useMemo } from "preact/hooks"
import type { Kept } from "../app-state"
import { DueScore } from "../parts/due-score"
import { FirstSteps } from "../parts/first-steps"
import { NoRuns } from "../parts/no-runs"
import { RunLine } from "../parts/run-line"
import { Screen } from "../parts/screen"
import { hashOf } from "../route"
import { weeksOf, yearsOf } from "../run-list"
import { useAppState } from "../use-app"

/** @param year the newest unless there are runs of this one */
export function RunsScreen({ year }: { year?: number | undefined }) {
  const kept = useAppState((state) => state.kept)
  return <Screen title="Runs">{kept && <Listed kept={kept} year={year} />}</Screen>
}

function Listed({ kept, year }: { kept: Kept; year: number | undefined }) {
  const { digests, devices, coach } = kept
  if (digests.length === 0) return devices.length === 0 ? <FirstSteps /> : <NoRuns />
  return (
    <>
      <DueScore kept={kept} />
      <Years digests={digests} devices={devices} coach={coach} chosen={year} />
    </>
  )
}

interface YearsProps extends Pick<Kept, "digests" | "devices" | "coach"> {
  chosen: number | undefined
}

function Years({ digests, devices, coach, chosen }: YearsProps) {
  const years = useMemo(() => yearsOf(digests), [digests])
  const year = years.find((one) => one === chosen) ?? years[0] ?? 0
  const weeks = useMemo(() => weeksOf({ digests, devices, coach }, year), [digests, devices, coach, year])
  return (
    <>
      {years.length > 1 && (
        <nav class="years" aria-label="Years">
          {years.map((one) => (
            <a
              key={one}
              href={hashOf({ screen: "runs", year: one })}
              aria-current={one === year ? "page" : undefined}
            >
              {one}
            </a>
          ))}
        </nav>
      )}
      {weeks.map(({ title, total, rows }) => (
        <section class="week" key={title} aria-labelledby={weekId(title)}>
          <div class="week-head">
            <h2 id={weekId(title)}>{title}</h2>
            <p class="soft">{total}</p>
          </div>
          <ol>
            {rows.map((row) => (
              <RunLine key={row.key} row={row} />
            ))}
          </ol>
        </section>
      ))}
    </>
  )
}

function weekId(title: string): string {
  return `week-${title.replace(/\W+/g, "-")}`
}
