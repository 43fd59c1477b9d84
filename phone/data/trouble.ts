/** The browser's errors as words for the wearer, each with a way out. */
import { DataError } from "./companion-data"

/** What is none of the browser's stays as it is. @param outcome what became of what was asked, as a sentence */
export function failureOf(error: unknown, outcome: string): unknown {
  if (!(error instanceof DOMException)) return error
  if (error.name === "QuotaExceededError") {
    return new DataError(
      "full",
      `There is no room left for Patella on this phone. ${outcome} Delete what you no longer need, such as videos or apps, and try again.`,
      { cause: error },
    )
  }
  return new DataError(
    "damaged",
    `The browser failed at what it keeps for Patella. ${outcome} Close Patella, open it again and try once more.`,
    { cause: error },
  )
}

/** Of opening the database, or deleting it. */
export function openFailure(error: unknown): unknown {
  const name = error instanceof DOMException ? error.name : undefined
  if (name === "VersionError") {
    return new DataError(
      "newer",
      "A newer version of Patella has been used here, and this one cannot read what it keeps. Go online and reload Patella. Nothing is lost.",
      { cause: error },
    )
  }
  if (typeof indexedDB === "undefined" || name === "SecurityError" || name === "InvalidStateError") {
    return new DataError(
      "private",
      "This browser window keeps nothing: it is private, or its settings forbid websites to keep data. Open Patella in an ordinary window, or allow it to keep data.",
      { cause: error },
    )
  }
  return failureOf(error, "Your runs cannot be opened now.")
}

/** What a window answers that made room for a newer app in another one. */
export function overtaken(): DataError {
  return new DataError(
    "blocked",
    "A newer version of Patella was opened in another window. Use that one, or reload this one.",
  )
}
