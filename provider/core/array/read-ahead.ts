import type { Clock } from "../async/clock.ts";
import { MigrationError } from "../errors.ts";

/** One kind of object on an array, looked at by many resources one after the other. */
export interface ReadAhead<Item> {
  /**
   * Answers from a list of all that was begun a moment ago at most, where the same has been asked just before.
   *
   * @param question what is looked for, but for the names: one resource asks different questions
   * @param readOwn asks the array for what is looked for, and no more
   * @param pick finds the same among all
   */
  ask<Answer>(
    question: string,
    readOwn: () => Promise<Answer>,
    pick: (all: readonly Item[]) => Answer,
    signal: AbortSignal,
  ): Promise<Answer>;
  /** What was read, or is being read, is not so any more. */
  forget(): void;
}

// Long enough for the looks of one preview to follow each other, too short for a person to change something and look again.
const recentMs = 5_000;

// The asker has a limit of its own, and time must be left to ask for what is looked for alone.
const longestListMs = 5_000;

/**
 * Reads more than is asked for once a second resource asks. The engine has one resource after the other checked and compared, so no two can share a request: a
 * preview of a thousand would take a thousand round trips, and more.
 */
export function readAhead<Item>(
  readAll: (signal: AbortSignal) => Promise<readonly Item[]>,
  clock: Clock,
): ReadAhead<Item> {
  const asked = new Map<string, number>();
  let list: { readonly sinceMs: number; readonly items: Promise<readonly Item[] | undefined> } | undefined;
  let mayList = true;
  const isRecent = (sinceMs: number) => {
    const ageMs = clock.nowMs() - sinceMs;
    return ageMs >= 0 && ageMs < recentMs;
  };
  const readList = async (signal: AbortSignal) => {
    try {
      return await readAll(AbortSignal.any([signal, AbortSignal.timeout(longestListMs)]));
    } catch (error) {
      if (!(error instanceof MigrationError)) throw error;
      // What a list cannot be had of may still be read one by one.
      mayList = false;
      return undefined;
    }
  };
  return {
    async ask(question, readOwn, pick, signal) {
      const isFirst = !isRecent(asked.get(question) ?? Number.NEGATIVE_INFINITY);
      asked.set(question, clock.nowMs());
      if (list !== undefined && !isRecent(list.sinceMs)) list = undefined;
      if (!isFirst && mayList) list ??= { sinceMs: clock.nowMs(), items: readList(signal) };
      const items = await list?.items;
      return items === undefined ? readOwn() : pick(items);
    },
    forget() {
      list = undefined;
      // Where acts come between the looks, a list would be read for each of them.
      asked.clear();
    },
  };
}
