/** Work on many items, a few at a time: an XS engine is a process of its own, so two keep two cores busy. */

const LANES = 2

/** Results in the order of the items. A work that rejects ends all. */
export async function inLanes<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  let next = 0
  const lane = async () => {
    for (let i = next++; i < items.length; i = next++) results[i] = await work(items[i] as Item)
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  return results
}
