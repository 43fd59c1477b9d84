/** The ways to the screens: at the bottom of a phone, at the side of a desk. */
import { phaseWords } from "../link-words"
import { hashOf, type Route } from "../route"
import { useAppState } from "../use-app"

type Place = Exclude<Route["screen"], keyof typeof WITHIN>

/** Screens that are reached from one of the places. */
const WITHIN = {
  run: "runs",
  report: "runs",
  routine: "routines",
  player: "routines",
  calibrate: "device",
  settings: "device",
} as const

/** Drawn with lines in a square of 24. */
const PLACES: readonly { place: Place; name: string; icon: string }[] = [
  { place: "runs", name: "Runs", icon: "M4 6h16M4 12h16M4 18h10" },
  { place: "live", name: "Live", icon: "M3 12h4l3-7 4 14 3-7h4" },
  {
    place: "routines",
    name: "Routines",
    icon: "M13 6.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM12 9l-5 5h6l-1 7M12 10l3 3h5M4 21h16",
  },
  { place: "trends", name: "Trends", icon: "M4 18l5-6 4 3 7-9M20 6h-5M20 6v5" },
  { place: "device", name: "Device", icon: "M8 7h8v10H8zM10 7V3h4v4M10 17v4h4v-4M12 12v0" },
  {
    place: "yours",
    name: "Yours",
    icon: "M12 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM5 20c.8-4 3.5-6 7-6s6.2 2 7 6",
  },
]

export function Navigation({ route }: { route: Route }) {
  const link = useAppState((state) => state.link)
  const within: Partial<Record<Route["screen"], Place>> = WITHIN
  const here = within[route.screen] ?? route.screen
  return (
    <nav class="navigation" aria-label="Screens">
      <p class="brand">
        <svg class="logo" viewBox="0 0 32 32" aria-hidden="true">
          <rect width="32" height="32" rx="8" />
          <path d="M12 5 L19 16 L12 27" />
          <circle cx="19" cy="16" r="3.2" />
        </svg>
        Patella
      </p>
      <ul>
        {PLACES.map(({ place, name, icon }) => (
          <li key={place}>
            <a href={hashOf({ screen: place })} aria-current={place === here ? "page" : undefined}>
              <svg class="place-icon" viewBox="0 0 24 24" aria-hidden="true">
                <path d={icon} />
              </svg>
              {name}
              {place === "device" && link.phase !== "idle" && (
                <span class={`link-dot ${link.phase}`}>
                  <span class="hidden">, {phaseWords(link)}</span>
                </span>
              )}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
