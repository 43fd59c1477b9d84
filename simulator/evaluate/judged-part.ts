/**
 * The part of a replay that is judged: from a moment on, s of recording time. What came before may have taught the device; it
 * is then in no figure, neither as found nor as invented.
 */
import type { Replayed } from "./score"

export function judgedFrom(replayed: Replayed, fromS: number): Replayed {
  const { columns, session, bouts } = replayed
  return {
    ...replayed,
    bouts: bouts.filter((bout) => bout.startS + bout.durationS > fromS),
    columns: columns && {
      ...columns,
      running: Uint8Array.from(columns.running, (running, row) =>
        (columns.timeS[row] as number) < fromS ? 0 : running,
      ),
    },
    session: session && { ...session, bouts: session.bouts.filter((bout) => bout.endS > fromS) },
  }
}
