/** The known word that a mistyped one is likely meant to be. */

/** A third of the letters may be wrong, and one of a short word. */
const WRONG_SHARE = 1 / 3

/** undefined when none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const scored = known.map((candidate) => ({
    candidate,
    apart: edits(word.toLowerCase(), candidate.toLowerCase()),
  }))
  const [best] = scored.sort((a, b) => a.apart - b.apart)
  return best && best.apart <= Math.max(1, word.length * WRONG_SHARE) ? best.candidate : undefined
}

/** `; did you mean "x"?`, or all that there are. */
export function insteadOf(word: string, known: readonly string[]): string {
  const near = nearest(word, known)
  return near === undefined ? `; there are ${known.join(", ")}` : `; did you mean "${near}"?`
}

/** Letters put in, left out or exchanged, and neighbours swapped (optimal string alignment; Damerau 1964, CACM 7:171–176). */
function edits(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)]
  for (let i = 1; i <= a.length; i++) {
    const [row, above, twoAbove] = [[i], rows[i - 1] as number[], rows[i - 2]]
    for (let j = 1; j <= b.length; j++) {
      const exchanged = (above[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = twoAbove && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      row[j] = Math.min(
        exchanged,
        (above[j] as number) + 1,
        (row[j - 1] as number) + 1,
        swapped ? (twoAbove[j - 2] as number) + 1 : Number.POSITIVE_INFINITY,
      )
    }
    rows.push(row)
  }
  return rows[a.length]?.[b.length] as number
}
