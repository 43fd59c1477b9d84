/** A file that the page offers for download: made anew for each connection, sent piece by piece. */
import type { ServerResponse } from "node:http"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import type { Recording } from "../recording/recording"
import { recordingLines } from "../recording/write-recording"
import type { NamedFile } from "./messages"

/** So many lines go at once. */
const LINES_AT_ONCE = 500

export class ExportedFile {
  readonly named: NamedFile
  readonly #contentType: string
  readonly #pieces: () => Iterable<string>

  /** @param folder of its URL: nobody else's */
  constructor(folder: string, fileName: string, contentType: string, pieces: () => Iterable<string>) {
    this.named = { fileName, path: `${folder}/${encodeURIComponent(fileName)}` }
    this.#contentType = contentType
    this.#pieces = pieces
  }

  /** What the browser breaks off is no error. */
  async send(response: ServerResponse): Promise<void> {
    response.setHeader("Content-Type", this.#contentType)
    response.setHeader(
      "Content-Disposition",
      `attachment; filename*=UTF-8''${encodeURIComponent(this.named.fileName)}`,
    )
    response.setHeader("Cache-Control", "no-store")
    await pipeline(Readable.from(this.#pieces()), response).catch(() => {})
  }
}

/** The rows up to a time, s, as a recording's CSV. */
export function* playedLines(recording: Recording, untilS: number): Generator<string> {
  let lines: string[] = []
  for (const line of recordingLines(playedRows(recording, untilS))) {
    lines.push(`${line}\n`)
    if (lines.length < LINES_AT_ONCE) continue
    yield lines.join("")
    lines = []
  }
  yield lines.join("")
}

function playedRows(recording: Recording, untilS: number): Recording {
  const end = recording.timeS.findIndex((timeS) => timeS > untilS)
  return end < 0 ? recording : { ...recording, timeS: recording.timeS.subarray(0, end) }
}
