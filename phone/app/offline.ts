/**
 * The service worker that keeps the app on the phone. A newer version is loaded beside the one in use and waits; it is taken only when the wearer says
 * so, or when no window of the app is open, so nothing is loaded anew in the middle of a sync.
 */

const WORKER = "./sw.js"

/** @param offer is called when a newer version waits, or was taken in another window, with what loads the page anew by it */
export async function keepOffline(offer: (take: () => void) => void): Promise<void> {
  // Only the built app has a manifest, and a worker.
  if (!("serviceWorker" in navigator) || !document.querySelector("link[rel=manifest]")) return
  const { serviceWorker } = navigator
  const registration = await serviceWorker.register(WORKER).catch((error: unknown) => {
    console.warn("offline: the service worker was refused", error)
    return undefined
  })
  if (!registration) return
  let isTakenHere = false
  serviceWorker.addEventListener("controllerchange", () => {
    const reload = () => location.reload()
    if (isTakenHere) reload()
    else offer(reload)
  })
  const look = () => {
    const { waiting } = registration
    if (!waiting || !serviceWorker.controller) return
    offer(() => {
      isTakenHere = true
      waiting.postMessage({ type: "SKIP_WAITING" })
    })
  }
  look()
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", look)
  })
}
