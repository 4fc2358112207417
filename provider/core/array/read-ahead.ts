import type { Clock } from "../async/clock.ts";
import { MigrationError } from "../errors.ts";

export type ReadAhead<Item> = ReturnType<typeof readAhead<Item>>;

// Longer than the time between two reads of one preview, and shorter than a person needs to change something and read again.
const recentMs = 5_000;

// The caller has a time limit too, and enough of it must remain to read the one object.
const maxListMs = 5_000;

/**
 * Reads the list of all objects as soon as a second resource asks. The engine checks and compares one resource after the other, so two resources cannot share a request,
 * and a preview of a thousand resources would take a thousand requests.
 */
export function readAhead<Item>(readAll: (signal: AbortSignal) => Promise<readonly Item[]>, clock: Clock) {
  const lastAskedMs = new Map<string, number>();
  let list: { readonly sinceMs: number; readonly items: Promise<readonly Item[] | undefined> } | undefined;
  let mayList = true;
  const isRecent = (sinceMs: number) => {
    const ageMs = clock.nowMs() - sinceMs;
    return ageMs >= 0 && ageMs < recentMs;
  };
  const readList = async (signal: AbortSignal) => {
    try {
      return await readAll(AbortSignal.any([signal, AbortSignal.timeout(maxListMs)]));
    } catch (error) {
      if (!(error instanceof MigrationError)) throw error;
      // An array that does not answer with a list may still answer for one object at a time.
      mayList = false;
      return undefined;
    }
  };
  return {
    /**
     * Reads one object. If another resource has asked the same question a moment ago, answers from a recent list of all objects.
     *
     * @param question what the caller reads, without the name of the object, because one resource asks different questions
     * @param readOwn reads only this object
     * @param pick finds this object in the list of all objects
     */
    async ask<Answer>(
      question: string,
      readOwn: () => Promise<Answer>,
      pick: (all: readonly Item[]) => Answer,
      signal: AbortSignal,
    ): Promise<Answer> {
      const isFirst = !isRecent(lastAskedMs.get(question) ?? Number.NEGATIVE_INFINITY);
      lastAskedMs.set(question, clock.nowMs());
      if (list !== undefined && !isRecent(list.sinceMs)) list = undefined;
      if (!isFirst && mayList) list ??= { sinceMs: clock.nowMs(), items: readList(signal) };
      const items = await list?.items;
      return items === undefined ? readOwn() : pick(items);
    },
    /** Drops the list, because an action may have changed the objects. */
    forget(): void {
      list = undefined;
      // Otherwise a run that sends actions between its reads would read a list each time.
      lastAskedMs.clear();
    },
  };
}
