/**
 * The rows of a recording straight from the file's bytes, as long as all of them are as every writer writes them: numbers like -12.5, words,
 * commas, a newline after each row. It only reads: what is wrong with any other file the strict reader finds out (read-recording.ts).
 */

const NEWLINE = 0x0a
const COMMA = 0x2c
const MINUS = 0x2d
const POINT = 0x2e
const ZERO = 0x30
const NINE = 0x39
/** So many digits are a whole number that a double holds, and its quotient by a power of ten is the double nearest to the decimal. */
const MOST_DIGITS = 15
const POWERS_OF_TEN = Array.from({ length: MOST_DIGITS + 1 }, (_, power) => 10 ** power)
/** An activity's name. */
export const WORD = /^[\w-]+$/

/** Where a column's values go: numbers, words, or nowhere. */
export type ColumnValues = Float64Array | string[] | undefined

/** Lines that a newline ends. */
export function countLines(bytes: Uint8Array): number {
  let lines = 0
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) lines++
  return lines
}

/** @param start where the first row begins. @returns the number of rows; undefined when not all of them are plain */
export function readPlainRows(
  bytes: Uint8Array,
  start: number,
  columns: readonly ColumnValues[],
): number | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const lastPosition = columns.length - 1
  let at = start
  let row = 0
  while (at < bytes.length) {
    for (let position = 0; position <= lastPosition; position++) {
      const values = columns[position]
      const from = at
      if (values instanceof Float64Array) {
        const isNegative = bytes[at] === MINUS
        if (isNegative) at++
        let mantissa = 0
        let digits = 0
        let wholeDigits = -1
        for (; ; at++) {
          const byte = bytes[at] as number
          if (byte >= ZERO && byte <= NINE) {
            mantissa = 10 * mantissa + byte - ZERO
            digits++
          } else if (byte === POINT && wholeDigits < 0) wholeDigits = digits
          else break
        }
        if (digits === 0 || digits > MOST_DIGITS) return undefined
        const decimals = wholeDigits < 0 ? 0 : digits - wholeDigits
        const value = mantissa / (POWERS_OF_TEN[decimals] as number)
        values[row] = isNegative ? -value : value
      } else {
        while (at < bytes.length && bytes[at] !== COMMA && bytes[at] !== NEWLINE) at++
        if (values) {
          const word = text.toString("latin1", from, at)
          if (!WORD.test(word)) return undefined
          values.push(word)
        }
      }
      if (bytes[at] !== (position < lastPosition ? COMMA : NEWLINE)) return undefined
      at++
    }
    row++
  }
  return row
}
