import type { Clock } from "../../../provider/core/async/clock.ts";
import type { Journal, JournalEntry } from "../../../provider/core/journal/journal.ts";
import { stackFolder } from "../../../provider/core/journal/stack-folder.ts";

/** A journal in memory of one run, which writes to entries that others may share. They stand in the order in which they were written. */
export function journalOf(
  entries: JournalEntry[],
  run: string,
  clock: Pick<Clock, "nowMs">,
  /** Whether the run sees an entry, and whether it is still there to write one. @default it sees all of its stack, and is */
  {
    sees = () => true,
    isThere = () => true,
  }: { readonly sees?: (entry: JournalEntry) => boolean; readonly isThere?: () => boolean } = {},
): Journal {
  let sequence = 0;
  return {
    async write(fact) {
      if (!isThere()) return;
      sequence += 1;
      entries.push({ ...fact, at: new Date(clock.nowMs()).toISOString(), sequence, run, who: "tester@here" });
    },
    read: async (urn) => entries.filter((entry) => sees(entry) && isSameStack(entry.urn, urn)),
  };
}

const kept = new WeakMap<object, JournalEntry[]>();

/** A journal in memory for one provider process. Those of one place share what they have written, as the processes of one machine do. */
export function journalIn(place: object, clock: Clock): Journal {
  const entries = kept.get(place) ?? [];
  kept.set(place, entries);
  return journalOf(entries, `run-${new Set(entries.map(({ run }) => run)).size + 1}`, clock);
}

/** All that was written there. */
export function entriesIn(place: object): readonly JournalEntry[] {
  return kept.get(place) ?? [];
}

export function isSameStack(one: string, other: string): boolean {
  return stackFolder(one) === stackFolder(other);
}
