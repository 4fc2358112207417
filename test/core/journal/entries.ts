import type { JournalEntry, JournalFact } from "../../../provider/core/journal/journal.ts";

export const type = "pulumi-nodejs:dynamic/powerstore:ImportSession";
export const urn = `urn:pulumi:weekend::erp::${type}::erp-db`;

/** What a run is about to send. */
export const sending = {
  kind: "sending",
  id: "1",
  urn,
  array: "PowerStore east",
  object: "import session 7",
  act: "cutover",
  reason: "Ready_For_Cutover, wanted Import_Completed",
} as const satisfies JournalFact;

/** The array has taken it. */
export const answered = { kind: "answered", id: "1", urn, outcome: "taken" } as const satisfies JournalFact;

/** The resource drives the session from now on. */
export const takeover = {
  kind: "takeover",
  urn,
  array: "PowerStore east",
  object: "import session 7",
} as const satisfies JournalFact;

/** An entry of a run, a number of seconds after the start of 2030. */
export function entryOf(fact: JournalFact, { second = 0, run = "a", sequence = 1 } = {}): JournalEntry {
  const at = new Date(Date.UTC(2030, 0, 1, 0, 0, second)).toISOString();
  return { ...fact, at, sequence, run, who: "anna@laptop" };
}
