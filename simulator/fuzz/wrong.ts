/** What the device did that it must not do; `message` says it in words. */
export class Wrong extends Error {}

/** @throws Wrong */
export function insist(holds: boolean, words: string): asserts holds {
  if (!holds) throw new Wrong(words)
}
