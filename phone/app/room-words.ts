/** How much is kept here, how much room it takes, and how safe it is, in words. */
import type { CompanionData } from "../data/companion-data"
import { count } from "../runs/number-words"
import type { Kept } from "./app-state"

const BYTES_PER_KB = 1000
const BYTES_PER_MB = 1_000_000
/** From here on tenths tell nothing. */
const ROUGH = 10

/** "412 runs of 2 devices, 3 pain scores, 9 coach entries" */
export function contentWords({ digests, devices, scores, coach }: Kept): string {
  const runs = count(digests.length, "run")
  const ofDevices = devices.length === 0 ? runs : `${runs} of ${count(devices.length, "device")}`
  return [
    ofDevices,
    ...(scores.length === 0 ? [] : [count(scores.length, "pain score")]),
    ...(coach.length === 0 ? [] : [count(coach.length, "coach entry", "coach entries")]),
  ].join(", ")
}

/** "1.2 MB", "64 KB" */
export function sizeWords(bytes: number): string {
  if (bytes < BYTES_PER_MB) return `${Math.ceil(bytes / BYTES_PER_KB)} KB`
  const megabytes = bytes / BYTES_PER_MB
  return `${megabytes < ROUGH ? megabytes.toFixed(1) : Math.round(megabytes)} MB`
}

export function safetyWords({
  isPersisted,
}: Pick<Awaited<ReturnType<CompanionData["room"]>>, "isPersisted">): string {
  return isPersisted
    ? "Your browser has promised not to delete it by itself. If you lose this phone, it is gone: save a backup now and then."
    : "Your browser may delete it when this phone runs short of room, or when you have not opened Patella for a long time. Save a backup now and then."
}
