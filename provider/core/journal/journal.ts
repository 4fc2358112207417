/**
 * One fact about a run: what it is about to send, how the array answered, or who drives an object from now on. No field holds a secret or a description, and a
 * string over 1,000 characters is shortened (`boundedText`).
 */
export type JournalFact =
  /** Written before the action leaves. `id` is unique over all runs, such as a random UUID. `from` is the array's state, `change` the change that the action belongs to. */
  | {
      readonly kind: "sending";
      readonly id: string;
      readonly urn: string;
      readonly array: string;
      readonly object: string;
      readonly act: string;
      readonly reason: string;
      readonly from?: string | undefined;
      readonly change?: string | undefined;
    }
  /** What became of the action with this `id`. */
  | { readonly kind: "answered"; readonly id: string; readonly urn: string; readonly outcome: ActOutcome }
  /** `urn` drives `object` from now on. `previous` drove it before, where that is known. */
  | {
      readonly kind: "takeover";
      readonly urn: string;
      readonly array: string;
      readonly object: string;
      readonly previous?: string | undefined;
      readonly change?: string | undefined;
    }
  /** `urn` drives `object` no longer, and nobody else does. */
  | { readonly kind: "release"; readonly urn: string; readonly array: string; readonly object: string };

/** What became of an action: the array took it, the answer was lost, the array rejected it, or it never left. */
export type ActOutcome = "taken" | "lost" | "rejected" | "not sent";

/** A fact with when (ISO, UTC), its place among the facts of its run, and which run wrote it for whom. */
export type JournalEntry = JournalFact & {
  readonly at: string;
  readonly sequence: number;
  readonly run: string;
  readonly who: string;
};

/** The record of every act of a stack. It outlives a killed run and a removed stack. */
export interface Journal {
  /** Resolves when the fact is on disk, and after a second at most. Facts stay in the order of the calls. Never rejects: a disk that is full, read-only or slow is a warning, once. */
  write(fact: JournalFact): Promise<void>;
  /**
   * The entries of all runs of the resource's stack, merged by time, then run, then sequence. Lines that are torn or unknown are left out. The disk is read once per
   * process, so entries that another run writes later are not seen; those of this run are, also where the disk did not take them. Never rejects.
   */
  read(urn: string): Promise<readonly JournalEntry[]>;
}

/** Keeps nothing. */
export const silentJournal: Journal = {
  write: async () => {},
  read: async () => [],
};
