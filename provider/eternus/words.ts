/**
 * The words that an ETERNUS uses. The reference's own tables are incomplete. So the provider ignores case and separators, knows a few older forms, and passes an unknown
 * word on unchanged, because it decides nothing on a guess.
 */

/** `Active`, `Suspend`, `Error` and `Reserved` are from the RESTful API reference, the others from the CLI. */
export const sessionStatuses = ["Idle", "Reserved", "Active", "Suspend", "Halt", "Error", "Error_Suspend"] as const;

/** `Copying`, `Equivalent` and `Copying_and_Tracking` are from the RESTful API reference, the others from the CLI. */
export const copyPhases = ["No_Pair", "Readying", "Copying", "Equivalent", "Tracking", "Copying_and_Tracking"] as const;

/** The transfer modes that a program can declare (RESTful API reference, Modifying REC Session). */
export const settableTransferModes = ["Synchronous", "Stack", "Consistency"] as const;

/** An array may report `Through`, but a program cannot declare it. */
export const transferModes = [...settableTransferModes, "Through"] as const;

/** The values of split mode and recovery mode. */
export const recoveries = ["Automatic", "Manual"] as const;

/** The status words of a job (RESTful API reference, Viewing Jobs). */
export const jobStatuses = ["Queued", "Running", "Success", "Error", "Partial_Error", "Canceled"] as const;

const otherForms: Readonly<Record<string, string>> = {
  suspended: "Suspend",
  reserve: "Reserved",
  halted: "Halt",
  trackingcopying: "Copying_and_Tracking",
  copyingtracking: "Copying_and_Tracking",
  cancelled: "Canceled",
};

/** The word in the provider's own spelling, or unchanged if it is not one of `words`. */
export function spelt(words: readonly string[], word: string): string {
  const bare = bareOf(word);
  return words.find((known) => bareOf(known) === bare || known === otherForms[bare]) ?? word;
}

function bareOf(word: string): string {
  return word.toLowerCase().replace(/[^a-z0-9+]/g, "");
}
