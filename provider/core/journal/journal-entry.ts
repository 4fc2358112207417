import { z } from "zod";
import { boundedText } from "./bounded-text.ts";
import type { JournalEntry } from "./journal.ts";

const text = z.string().transform(boundedText);
const stamp = { at: z.iso.datetime(), sequence: z.int().nonnegative(), run: text, who: text };

/** An entry as it is kept: bounded, and without properties that are not part of it. Newer releases may add some. */
export const journalEntry = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("sending"),
    id: text,
    urn: text,
    array: text,
    object: text,
    act: text,
    reason: text,
    from: text.optional(),
    change: text.optional(),
    ...stamp,
  }),
  z.object({
    kind: z.literal("answered"),
    id: text,
    urn: text,
    outcome: z.enum(["taken", "lost", "rejected", "not sent"]),
    ...stamp,
  }),
  z.object({
    kind: z.literal("takeover"),
    urn: text,
    array: text,
    object: text,
    previous: text.optional(),
    change: text.optional(),
    ...stamp,
  }),
  z.object({ kind: z.literal("release"), urn: text, array: text, object: text, ...stamp }),
]) satisfies z.ZodType<JournalEntry>;

/** The line of a file that holds the entry. */
export function lineOf(entry: JournalEntry): string {
  return `${JSON.stringify(entry)}\n`;
}

/** The entries in the text of a file. A line that is torn, foreign or of an unknown kind is left out. */
export function entriesIn(content: string): JournalEntry[] {
  return content.split("\n").flatMap((line) => {
    const entry = journalEntry.safeParse(parsed(line));
    return entry.success ? [entry.data] : [];
  });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
