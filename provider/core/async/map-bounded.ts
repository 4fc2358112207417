/** Maps over `items`, up to `maxConcurrent` at a time. Results are in the order of the items. */
export async function mapBounded<Item, Result>(
  items: readonly Item[],
  maxConcurrent: number,
  map: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const failures: unknown[] = [];
  const queue = items.entries();
  const work = async () => {
    for (const [index, item] of queue) {
      if (failures.length > 0) return;
      try {
        results[index] = await map(item);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(maxConcurrent, items.length) }, work));
  if (failures.length > 0) throw failures[0];
  return results;
}
