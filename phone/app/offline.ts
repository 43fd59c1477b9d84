/**
 * The service worker that keeps the app on the phone. A newer version is loaded beside the one in use and waits; it is taken only when the wearer says
 * so, or when no window of the app is open, so nothing is loaded anew in the middle of a sync.
 */

const WORKER = "./sw.js"

/** @param offer is called when a newer version waits, with what takes it and loads the page anew */
export async function keepOffline(offer: (take: () => void) => void): Promise<void> {
  // Only the built app has a manifest, and a worker.
  if (!("serviceWorker" in navigator) || !document.querySelector("link[rel=manifest]")) return
  const registration = await navigator.serviceWorker.register(WORKER).catch((error: unknown) => {
    console.warn("offline: the service worker was refused", error)
    return undefined
  })
  if (!registration) return
  const look = () => {
    const { waiting } = registration
    if (waiting && navigator.serviceWorker.controller) offer(() => take(waiting))
  }
  look()
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", look)
  })
}

function take(waiting: ServiceWorker): void {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true })
  waiting.postMessage({ type: "SKIP_WAITING" })
}
