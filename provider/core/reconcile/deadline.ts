import { MigrationError, type MigrationErrorReport } from "../errors.ts";
import type { Run } from "./run.ts";

/** What is attempted within the deadline, and how one waits meanwhile. */
interface Attempted extends Pick<MigrationErrorReport, "attempted" | "on"> {
  waitForNextPoll?(durationMs: number, signal: AbortSignal): Promise<void>;
}

/** The time that a run has. It waits within it, and reports when it is over. */
export interface Deadline {
  /** Aborts when the time is over, or the run is interrupted. */
  readonly over: AbortSignal;
  /** What is being waited for, for the error. */
  reason: string;
  lastFailure: MigrationError | undefined;
  /** Whether any read has succeeded. */
  hasRead: boolean;
  /** Waits for just so long. */
  pause(durationMs: number): Promise<void>;
  /** Waits for so long at most. */
  waitForNextPoll(durationMs: number): Promise<void>;
  throwIfOver(): void;
}

/** The stage of a wait in which the array does not answer: one that comes and goes is worth a line now and then. */
export const retrying = { stage: "retrying" } as const;

export function deadlineFor(attempted: Attempted, run: Run, over: AbortSignal): Deadline {
  const deadline: Deadline = {
    over,
    reason: "reading",
    lastFailure: undefined,
    hasRead: false,
    async pause(durationMs) {
      await run.clock.sleep(durationMs, over);
      deadline.throwIfOver();
    },
    async waitForNextPoll(durationMs) {
      await (attempted.waitForNextPoll ?? run.clock.sleep)(durationMs, over);
      deadline.throwIfOver();
    },
    throwIfOver() {
      if (over.aborted || run.clock.nowMs() >= run.deadlineMs)
        throw run.signal.aborted ? interrupted(attempted, deadline) : timedOut(attempted, deadline);
    },
  };
  return deadline;
}

function interrupted({ attempted, on }: Attempted, { reason }: Deadline): MigrationError {
  return new MigrationError({
    attempted,
    on,
    kind: "cancelled",
    answered: `the run was interrupted while ${reason}`,
    next: "Run the command again to resume from here.",
  });
}

function timedOut({ attempted, on }: Attempted, { reason, lastFailure }: Deadline): MigrationError {
  const failure = lastFailure === undefined ? "" : `; the last request failed: ${lastFailure.message}`;
  return new MigrationError({
    attempted,
    on,
    kind: "timeout",
    answered: `timed out while ${reason}${failure}`,
    next: "The array continues on its own. Run the command again to resume waiting; raise `customTimeouts` if needed (a new delete timeout takes effect only after an `up` has saved it).",
  });
}
