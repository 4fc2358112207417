import type { Clock } from "./clock.ts";

/** One kind of object on an array, looked at by many resources one after the other. */
export interface ReadAhead<Item> {
  /**
   * Answers from a list of all that is a moment old at most, where somebody has looked just before.
   *
   * @param readOwn asks the array for what is looked for, and no more
   * @param pick finds the same among all
   */
  ask<Answer>(
    readOwn: () => Promise<Answer>,
    pick: (all: readonly Item[]) => Answer,
    signal: AbortSignal,
  ): Promise<Answer>;
  /** What was read is not so any more. */
  forget(): void;
}

// Long enough for the looks of one preview to follow each other, too short for a person to change something and look again.
const recentMs = 5_000;

/**
 * Reads more than is asked for once a second resource asks. The engine has one resource after the other checked and compared, so no two can share a request: a
 * preview of a thousand would take a thousand round trips, and more.
 */
export function readAhead<Item>(
  readAll: (signal: AbortSignal) => Promise<readonly Item[]>,
  clock: Clock,
): ReadAhead<Item> {
  let askedMs = Number.NEGATIVE_INFINITY;
  let list: { readonly atMs: number; readonly items: Promise<readonly Item[] | undefined> } | undefined;
  const isRecent = (atMs: number) => clock.nowMs() - atMs < recentMs;
  return {
    async ask(readOwn, pick, signal) {
      const isFirst = !isRecent(askedMs);
      askedMs = clock.nowMs();
      if (list !== undefined && !isRecent(list.atMs)) list = undefined;
      // What a list cannot be had of may still be read one by one.
      if (!isFirst) list ??= { atMs: askedMs, items: readAll(signal).catch(() => undefined) };
      const items = await list?.items;
      return items === undefined ? readOwn() : pick(items);
    },
    forget() {
      list = undefined;
      // Where acts come between the looks, a list would be read for each of them.
      askedMs = Number.NEGATIVE_INFINITY;
    },
  };
}
