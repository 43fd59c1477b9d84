/** Which screen is shown, as the address tells it behind its #: so it works offline, on any host, and with the browser's own way back. */

export type Route =
  /** Without a year the newest. */
  | { screen: "runs"; year?: number | undefined }
  | { screen: "run"; key: string }
  | { screen: "live" | "trends" | "device" | "yours" }

const PLAIN = ["live", "trends", "device", "yours"] as const

/** What makes no sense shows the runs. @param hash as location.hash */
export function routeOf(hash: string): Route {
  const [name, which = ""] = hash.replace(/^#\/?/, "").split("/")
  if (name === "run" && which !== "") return { screen: "run", key: which }
  const screen = PLAIN.find((one) => one === name)
  if (screen) return { screen }
  return name === "runs" && /^\d{4}$/.test(which)
    ? { screen: "runs", year: Number(which) }
    : { screen: "runs" }
}

/** A run's key has hex digits and hyphens alone. */
export function hashOf(route: Route): string {
  if (route.screen === "run") return `#/run/${route.key}`
  if (route.screen !== "runs") return `#/${route.screen}`
  return route.year === undefined ? "#/" : `#/runs/${route.year}`
}
