import type { Clock } from "../../../provider/core/async/clock.ts";
import type { Journal, JournalEntry } from "../../../provider/core/journal/journal.ts";
import { merged } from "../../../provider/core/journal/merge.ts";
import { resourceNameOf } from "../../../provider/core/text/urn.ts";

const kept = new WeakMap<object, JournalEntry[]>();

/** A journal in memory for one provider process. Those of one place share what they have written, as the processes of one machine do. */
export function journalIn(place: object, clock: Clock): Journal {
  const entries = kept.get(place) ?? [];
  kept.set(place, entries);
  const run = `run-${new Set(entries.map((entry) => entry.run)).size + 1}`;
  let sequence = 0;
  return {
    async write(fact) {
      sequence += 1;
      entries.push({ ...fact, at: new Date(clock.nowMs()).toISOString(), sequence, run, who: "tester@here" });
    },
    read: async (urn) => merged(entries.filter((entry) => stackOf(entry.urn) === stackOf(urn))),
  };
}

/** All that was written there. */
export function entriesIn(place: object): readonly JournalEntry[] {
  return kept.get(place) ?? [];
}

function stackOf(urn: string): string {
  const { project, stack } = resourceNameOf(urn);
  return JSON.stringify([project, stack]);
}
