import { boundedText } from "./bounded-text.ts";
import type { JournalEntry } from "./journal.ts";

/** Who drives an object: the resource's URN, since when (ISO, UTC), and who did before, where that is known. */
export interface Driver {
  readonly urn: string;
  readonly at: string;
  readonly previous?: string | undefined;
}

/** Who took the object over last. `entries` are in the order of time. @returns undefined if nobody did */
export function driverOf(entries: readonly JournalEntry[], array: string, object: string): Driver | undefined {
  const [inArray, named] = [boundedText(array), boundedText(object)];
  const takeover = entries
    .filter((entry) => entry.kind === "takeover")
    .findLast((entry) => entry.array === inArray && entry.object === named);
  if (takeover === undefined) return undefined;
  const { urn, at, previous } = takeover;
  return { urn, at, ...(previous === undefined ? {} : { previous }) };
}
