/** Which screen is shown, as the address tells it behind its #: so it works offline, on any host, and with the browser's own way back. */

export type Route =
  /** Without a year the newest. */
  | { screen: "runs"; year?: number | undefined }
  | { screen: "run" | "report"; key: string }
  /** Of the last weeks. */
  | { screen: "report"; weeks: number }
  /** By its name (routines/*.json). */
  | { screen: "routine"; name: string }
  | { screen: (typeof PLAIN)[number] }

/** Player: of the routine that the device plays. */
const PLAIN = ["live", "calibrate", "routines", "player", "trends", "device", "settings", "yours"] as const

/** What makes no sense shows the runs. @param hash as location.hash */
export function routeOf(hash: string): Route {
  const [name, which = "", more = ""] = hash.replace(/^#\/?/, "").split("/")
  if (name === "report" && which === "weeks" && /^[1-9]\d?$/.test(more))
    return { screen: "report", weeks: Number(more) }
  if ((name === "run" || (name === "report" && which !== "weeks")) && which !== "")
    return { screen: name, key: which }
  if (name === "routine" && which !== "") return { screen: name, name: which }
  const screen = PLAIN.find((one) => one === name)
  if (screen) return { screen }
  return name === "runs" && /^\d{4}$/.test(which)
    ? { screen: "runs", year: Number(which) }
    : { screen: "runs" }
}

/** A run's key has hex digits and hyphens alone, a routine's name small letters and hyphens. */
export function hashOf(route: Route): string {
  if ("key" in route) return `#/${route.screen}/${route.key}`
  if ("name" in route) return `#/routine/${route.name}`
  if ("weeks" in route) return `#/report/weeks/${route.weeks}`
  if (route.screen !== "runs") return `#/${route.screen}`
  return route.year === undefined ? "#/" : `#/runs/${route.year}`
}
