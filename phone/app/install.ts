/** What a browser offers that can put the app on the home screen. */

/** Resolves when the browser offers it, with what asks the wearer. To be called at once: the offer comes early, and once. */
export function installOffer(): Promise<() => void> {
  return new Promise((resolve) => {
    addEventListener("beforeinstallprompt", (event) => {
      // Otherwise the browser asks by itself, at a time of its own.
      event.preventDefault()
      if ("prompt" in event && typeof event.prompt === "function") resolve(event.prompt.bind(event))
    })
  })
}

export function isOnHomeScreen(): boolean {
  return matchMedia("(display-mode: standalone)").matches
}
