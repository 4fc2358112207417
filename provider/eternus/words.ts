/**
 * The words an ETERNUS uses. The reference's own tables of them are incomplete, so spelling is taken loosely (case, separators and a few older
 * forms do not matter), and a word that is not here passes as it came: nothing is decided on a guess about it.
 */

/** `Active`, `Suspend`, `Error` and `Reserved` stand in the RESTful API reference; the others are the CLI's. */
export const sessionStatuses = ["Idle", "Reserved", "Active", "Suspend", "Halt", "Error", "Error_Suspend"] as const;

/** `Copying`, `Equivalent` and `Copying_and_Tracking` stand in the RESTful API reference; the others are the CLI's. */
export const copyPhases = ["No_Pair", "Readying", "Copying", "Equivalent", "Tracking", "Copying_and_Tracking"] as const;

/** The transfer modes that can be declared (RESTful API reference, Modifying REC Session). */
export const settableTransferModes = ["Synchronous", "Stack", "Consistency"] as const;

/** `Through` can be met, but not declared. */
export const transferModes = [...settableTransferModes, "Through"] as const;

/** Values of split mode and recovery mode. */
export const recoveries = ["Automatic", "Manual"] as const;

/** Status words of a job (RESTful API reference, Viewing Jobs). */
export const jobStatuses = ["Queued", "Running", "Success", "Error", "Partial_Error", "Canceled"] as const;

const otherForms: Readonly<Record<string, string>> = {
  suspended: "Suspend",
  reserve: "Reserved",
  halted: "Halt",
  trackingcopying: "Copying_and_Tracking",
  copyingtracking: "Copying_and_Tracking",
  cancelled: "Canceled",
};

/** The word as this product spells it, or as it came when it is not one of `words`. */
export function spelt(words: readonly string[], word: string): string {
  const bare = bareOf(word);
  return words.find((known) => bareOf(known) === bare || known === otherForms[bare]) ?? word;
}

/** Whether two spellings are the same word. */
export function isWord(word: string | undefined, other: string): boolean {
  return word !== undefined && bareOf(word) === bareOf(other);
}

function bareOf(word: string): string {
  return word.toLowerCase().replace(/[^a-z0-9+]/g, "");
}
