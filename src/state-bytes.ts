/** Where a run's state is written to and read from, number by number. Flash stands behind it (src/storage), in tests an array. */

/** Little-endian. What does not fit its width loses its upper bits. */
export interface StateWriter {
  u8(value: number): void
  u16(value: number): void
  u32(value: number): void
  i32(value: number): void
}

/** Each throws RangeError past the end. */
export interface StateReader {
  u8(): number
  u16(): number
  u32(): number
  i32(): number
}
