import { boundedText } from "./bounded-text.ts";
import type { JournalEntry } from "./journal.ts";

/** Who drives an object: the resource's URN, since when (ISO, UTC), and who did before, where that is known. */
export interface Driver {
  readonly urn: string;
  readonly at: string;
  readonly previous?: string | undefined;
}

/** An entry that changes who drives an object. */
type Change = Extract<JournalEntry, { readonly kind: "takeover" | "release" }>;

/** Who took the object over last. `entries` are in the order of time. @returns undefined if nobody did, or has released it since */
export function driverOf(entries: readonly JournalEntry[], array: string, object: string): Driver | undefined {
  const [inArray, named] = [boundedText(array), boundedText(object)];
  const last = entries.findLast(
    (entry): entry is Change =>
      (entry.kind === "takeover" || entry.kind === "release") && entry.array === inArray && entry.object === named,
  );
  if (last?.kind !== "takeover") return undefined;
  const { urn, at, previous } = last;
  return { urn, at, ...(previous === undefined ? {} : { previous }) };
}
