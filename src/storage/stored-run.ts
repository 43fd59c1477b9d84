/** A run's record in flash, read by parts; it is looked for again when the archive has changed meanwhile. */
import type { RecordBytes } from "./record-bytes"

/** What it asks of the archive. */
export interface RunPlaces {
  readonly generation: number
  /** Of the record that locate() found last. */
  readonly crc: number
  /** @returns where the record begins in flash; -1 when there is no such run. @throws Error when it cannot be read whole */
  locate(run: number): number
  copy(from: number, into: Uint8Array): boolean
}

export class StoredRun implements RecordBytes {
  readonly length: number
  readonly crc: number
  private readonly places: RunPlaces
  private readonly run: number
  private start: number
  private generation: number

  /** Of the run that `places` has just located. */
  constructor(places: RunPlaces, run: number, start: number, length: number) {
    this.places = places
    this.run = run
    this.start = start
    this.generation = places.generation
    this.length = length
    this.crc = places.crc
  }

  /** @throws Error when it was moved and cannot be read whole any more */
  copy(offset: number, into: Uint8Array): boolean {
    const places = this.places
    if (this.generation !== places.generation) {
      this.start = places.locate(this.run)
      this.generation = places.generation
    }
    return offset + into.length <= this.length && this.start >= 0 && places.copy(this.start + offset, into)
  }
}
