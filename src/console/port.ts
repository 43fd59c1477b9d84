/** A maker's terminal: bytes over USB. */

/** Who reads what the maker types. */
export interface ConsoleReader {
  /** @param bytes what came, good for this call */
  onReadable(bytes: Uint8Array): void
  /** The link may take more than it did. Need not be told: what waits is offered again by and by. */
  onWritable(): void
}

export interface ConsolePort {
  /** @throws Error when the port cannot be had */
  open(reader: ConsoleReader): ConsoleLink
}

export interface ConsoleLink {
  /** Takes bytes `from` up to (not including) `to`, or the first of them, and never waits. @returns how many */
  write(bytes: Uint8Array, from: number, to: number): number
  close(): void
}
