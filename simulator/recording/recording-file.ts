/** The bytes of a recording's file, unpacked when they are gzip (told by their content, whatever the name). */
import { readFile } from "node:fs/promises"
import { Readable } from "node:stream"
import { promisify } from "node:util"
import { createGunzip, gunzip } from "node:zlib"
import { RecordingError } from "./recording"

/** RFC 1952: ID1, ID2. */
const GZIP_MAGIC = [0x1f, 0x8b] as const
/** A recording takes few of them. */
const UNPACKED_CHUNK_BYTES = 1 << 20
const NEWLINE = 0x0a
const COMMA = 0x2c

const NOT_READ: Record<string, string> = {
  ENOENT: "there is no such file",
  EISDIR: "is a folder; name one recording in it",
  EACCES: "may not be read: check its permissions",
}

/** @throws RecordingError when it cannot be read or its gzip stream is cut or damaged. */
export async function readRecordingBytes(path: string): Promise<Uint8Array> {
  let bytes: Uint8Array
  try {
    bytes = await readFile(path)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new RecordingError(path, {}, NOT_READ[code ?? ""] ?? `cannot be read: ${message}`)
  }
  return unpacked(path, bytes)
}

/**
 * Of a file that was read already.
 * @param mostBytes larger ones are refused: what is small as gzip may be of any size
 * @throws RecordingError like `readRecordingBytes`
 */
export async function unpacked(
  path: string,
  bytes: Uint8Array,
  mostBytes = Number.POSITIVE_INFINITY,
): Promise<Uint8Array> {
  const packed = bytes[0] === GZIP_MAGIC[0] && bytes[1] === GZIP_MAGIC[1]
  if (!packed) return bytes
  const limit = Number.isFinite(mostBytes) ? { maxOutputLength: mostBytes } : {}
  try {
    return await promisify(gunzip)(bytes, { chunkSize: UNPACKED_CHUNK_BYTES, ...limit })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE")
      throw new RecordingError(path, {}, `unpacked it has more than ${mostBytes} bytes: play a part of it`)
    return unpack(path, bytes)
  }
}

/** Unpacks damaged data piece by piece, so that the damage can be told by the line that it reached. */
async function unpack(path: string, packed: Uint8Array): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  try {
    for await (const piece of Readable.from([packed]).pipe(createGunzip())) pieces.push(piece)
  } catch (error) {
    const place = lastPlace(Buffer.concat(pieces))
    const cut = (error as NodeJS.ErrnoException).code === "Z_BUF_ERROR"
    const what = cut
      ? "the gzip data end too early"
      : `the gzip data are damaged here or before (${(error as Error).message})`
    throw new RecordingError(path, place, `${what}: the file was cut or changed; copy it again`)
  }
  return Buffer.concat(pieces)
}

/** Line and column where `text` stops. */
function lastPlace(text: Buffer): { line: number; column?: string } {
  let line = 1
  let field = 0
  for (const byte of text) {
    if (byte === NEWLINE) {
      line++
      field = 0
    } else if (byte === COMMA) field++
  }
  const header = text.subarray(0, Math.max(0, text.indexOf(NEWLINE))).toString("utf8")
  const column = header.trim().split(",")[field]
  return column ? { line, column } : { line }
}
