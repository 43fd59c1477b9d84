/** A file of the reader's, as something to play: a recording's CSV (gzip or not), or a scenario's JSON. */
import type { Played } from "../serve/messages"

export interface Dropped {
  played: Played
  /** Of a recording: it goes to the server as it is. */
  recording?: Blob
}

/** @throws Error in words when it is neither, or cannot be read */
export async function readDropped(file: File, seed: number): Promise<Dropped> {
  const fileName = file.name
  if (/\.json$/i.test(fileName)) {
    return { played: { from: "scenarioFile", fileName, text: await file.text(), seed } }
  }
  if (/\.csv(\.gz)?$/i.test(fileName)) return { played: { from: "recording", fileName }, recording: file }
  throw new Error(
    `${fileName} is neither a recording (.csv or .csv.gz) nor a scenario (.json); the README says what a recording's columns are.`,
  )
}
