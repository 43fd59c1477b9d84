/** What surrounds every screen: the ways to the others, what has to be said now, and a live region for whoever listens. */
import { useEffect, useRef } from "preact/hooks"
import { focusHeading } from "./focus-heading"
import { Announcer } from "./parts/announcer"
import { Navigation } from "./parts/navigation"
import { Notices } from "./parts/notices"
import type { Route } from "./route"
import { CalibrateScreen } from "./screens/calibrate"
import { DeviceScreen } from "./screens/device"
import { LiveScreen } from "./screens/live"
import { PlayerScreen } from "./screens/player"
import { ReportScreen } from "./screens/report"
import { RoutineScreen } from "./screens/routine"
import { RoutinesScreen } from "./screens/routines"
import { RunScreen } from "./screens/run"
import { RunsScreen } from "./screens/runs"
import { SettingsScreen } from "./screens/settings"
import { TrendsScreen } from "./screens/trends"
import { WeeksReportScreen } from "./screens/weeks-report"
import { YoursScreen } from "./screens/yours"
import { useAppState } from "./use-app"

export function Frame() {
  const route = useAppState((state) => state.route)
  useScheme()
  useFocus(route)
  return (
    <div class="frame">
      <button type="button" class="skip" onClick={focusHeading}>
        Skip to the content
      </button>
      <Navigation route={route} />
      <div class="body">
        <Notices />
        <main>
          <Shown route={route} />
        </main>
        <footer class="footer">
          Patella is a running-form and load trainer: no medical device, no diagnosis. Stop if it hurts; see a
          professional if pain is sudden, swollen, locked or persistent.
        </footer>
      </div>
      <Announcer />
    </div>
  )
}

function Shown({ route }: { route: Route }) {
  switch (route.screen) {
    case "runs":
      return <RunsScreen year={route.year} />
    case "run":
      return <RunScreen key={route.key} runKey={route.key} />
    case "report":
      if ("weeks" in route) return <WeeksReportScreen weeks={route.weeks} />
      return <ReportScreen key={route.key} runKey={route.key} />
    case "live":
      return <LiveScreen />
    case "calibrate":
      return <CalibrateScreen />
    case "routines":
      return <RoutinesScreen />
    case "routine":
      return <RoutineScreen key={route.name} name={route.name} />
    case "player":
      return <PlayerScreen />
    case "trends":
      return <TrendsScreen />
    case "device":
      return <DeviceScreen />
    case "settings":
      return <SettingsScreen />
    case "yours":
      return <YoursScreen />
  }
}

/** Whoever comes from one screen to another is at its heading; the first screen leaves the focus alone. */
function useFocus(route: Route): void {
  const shown = useRef(route)
  useEffect(() => {
    if (shown.current === route) return
    shown.current = route
    scrollTo(0, 0)
    focusHeading()
  }, [route])
}

/** Dark, light, or as the phone has it. */
function useScheme(): void {
  const scheme = useAppState((state) => state.kept?.preferences.scheme ?? "system")
  useEffect(() => {
    document.documentElement.dataset.scheme = scheme
  }, [scheme])
}
