/**
 * Comments in a recording's file: lines that begin with "#", as the device's console writes them between and around the rows (src/console). They are taken out
 * before the rest is read; places in errors stay those of the file.
 */
import { RecordingError } from "./recording"

const NEWLINE = 0x0a
const HASH = 0x23

/** @param parse reads what is not a comment. @throws RecordingError, with the line that it has in `bytes` */
export function withoutComments<Result>(bytes: Uint8Array, parse: (rest: Uint8Array) => Result): Result {
  if (!bytes.includes(HASH)) return parse(bytes)
  const rest = new Uint8Array(bytes.length)
  const commentLines: number[] = []
  let length = 0
  let line = 1
  for (let at = 0; at < bytes.length; line++) {
    const newline = bytes.indexOf(NEWLINE, at)
    const end = newline < 0 ? bytes.length : newline + 1
    if (bytes[at] === HASH) commentLines.push(line)
    else {
      rest.set(bytes.subarray(at, end), length)
      length += end - at
    }
    at = end
  }
  try {
    return parse(rest.subarray(0, length))
  } catch (error) {
    throw error instanceof RecordingError ? error.withComments(commentLines) : error
  }
}
