import type { ArrayObject } from "../array-object.ts";
import type { Clock } from "../async/clock.ts";
import type { JournalAct } from "../journal/acts.ts";
import type { JournalFact } from "../journal/journal.ts";
import type { ThrottleHint } from "../log.ts";

/** One run of create, read, update or delete. It does not depend on the caller. */
export interface Run {
  readonly clock: Clock;
  /** When the run must end, in milliseconds since the epoch. No wait of the run lasts longer. */
  readonly deadlineMs: number;
  /** Aborts when the run is interrupted. */
  readonly signal: AbortSignal;
  /** Replaces the text on the resource's row. With a hint, only as often as a log needs it. */
  progress(text: string, hint?: ThrottleHint): void;
  /** Shows a text that stays, because data or service is at stake. */
  warn(text: string): void;
  debug(text: string): void;
  /** Notes which objects the resource drives from now on. `found` are those of them that its record does not name. @default nobody asks */
  drive?(objects: readonly ArrayObject[], found: readonly ArrayObject[]): Promise<void>;
  /** Stops before an act if another resource has taken over since what this one has on record. @throws MigrationError `identity` @default nobody asks */
  confirmOwner?(): void;
  /** The record of every act, which outlives the run. @default none is kept */
  readonly journal?: RunJournal;
}

/** The journal, as one run uses it. */
export interface RunJournal {
  /** The acts of earlier runs of this resource that its record does not have, oldest first. */
  readonly missed: readonly JournalAct[];
  write(fact: JournalFact): Promise<void>;
}
