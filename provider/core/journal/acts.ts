import type { ActOutcome, JournalEntry } from "./journal.ts";

/** An act with its outcome. */
export type JournalAct = Omit<Extract<JournalEntry, { kind: "sending" }>, "kind" | "id" | "sequence"> & {
  readonly outcome: ActOutcome;
};

/** What runs have sent, in the order of the entries, and what came of it. An act without an answer is `lost`: the run was killed before it learned the outcome, or its disk did not take the answer. */
export function actsOf(entries: readonly JournalEntry[]): JournalAct[] {
  const outcomes = new Map(entries.flatMap((entry) => (entry.kind === "answered" ? [[entry.id, entry.outcome]] : [])));
  return entries.flatMap((entry) => {
    if (entry.kind !== "sending") return [];
    const { kind, id, sequence, ...act } = entry;
    return [{ ...act, outcome: outcomes.get(id) ?? "lost" }];
  });
}
