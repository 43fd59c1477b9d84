/** What the readiness test said today, of each knee, and when to see somebody where it said not today. */
import { newestReadiness } from "../../runs/coach-entries"
import type { Kept } from "../app-state"
import { today } from "../today"
import { useMinute } from "../use-minute"
import { SeeSomebody } from "./safety"

export function TodaysReadiness({ kept: { coach, devices } }: { kept: Kept }) {
  const tests = newestReadiness(today(useMinute()), coach, devices)
  return (
    <>
      {tests.map(({ key, time, verdict, details, side }) => (
        <p key={key} class="todays-readiness">
          <strong>
            Today at {time}
            {side !== "unknown" && `, ${side} knee`}: {verdict}
          </strong>
          <br />
          {details}
        </p>
      ))}
      {tests.some(({ isNotToday }) => isNotToday) && (
        <details>
          <summary>When to see somebody</summary>
          <SeeSomebody />
        </details>
      )}
    </>
  )
}
