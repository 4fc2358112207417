import type { JournalEntry } from "./journal.ts";

/** Entries by time, then run, then sequence. An entry that occurs twice, as when a pipeline restores a file beside a copy of it, is one. */
export function merged(entries: readonly JournalEntry[]): JournalEntry[] {
  const once = new Map(entries.map((entry) => [`${entry.run} ${entry.sequence}`, entry]));
  return [...once.values()].sort(
    (a, b) => Date.parse(a.at) - Date.parse(b.at) || inOrder(a.run, b.run) || a.sequence - b.sequence,
  );
}

function inOrder(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
