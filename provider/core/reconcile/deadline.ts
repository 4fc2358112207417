import { MigrationError, type MigrationErrorReport } from "../errors.ts";
import type { Run } from "./run.ts";

/** What is waited for, and where one rests meanwhile. */
interface Subject extends Pick<MigrationErrorReport, "attempted" | "on"> {
  waitForNextPoll?(durationMs: number, signal: AbortSignal): Promise<void>;
}

/** The time a settling has: it sleeps within it, and knows how to say that it is over. */
export interface Deadline {
  readonly over: AbortSignal;
  /** What is being waited for, for the error. */
  reason: string;
  lastFailure: MigrationError | undefined;
  /** Whether any look has succeeded. */
  hasSeen: boolean;
  /** Sleeps for just so long. */
  pause(durationMs: number): Promise<void>;
  /** Rests for so long at most. */
  rest(durationMs: number): Promise<void>;
  throwIfOver(): void;
}

/** The stage of a wait in which the array does not answer: one that comes and goes is worth a line now and then. */
export const retrying = { stage: "looking again" } as const;

export function deadlineFor(what: Subject, run: Run, over: AbortSignal): Deadline {
  const wait: Deadline = {
    over,
    reason: "looking",
    lastFailure: undefined,
    hasSeen: false,
    async pause(durationMs) {
      await run.clock.sleep(durationMs, over);
      wait.throwIfOver();
    },
    async rest(durationMs) {
      await (what.waitForNextPoll ?? run.clock.sleep)(durationMs, over);
      wait.throwIfOver();
    },
    throwIfOver() {
      if (over.aborted || run.clock.nowMs() >= run.deadlineMs)
        throw run.signal.aborted ? interrupted(what, wait) : timedOut(what, wait);
    },
  };
  return wait;
}

function interrupted({ attempted, on }: Subject, { reason }: Deadline): MigrationError {
  return new MigrationError({
    attempted,
    on,
    kind: "cancelled",
    answered: `the run was interrupted while ${reason}`,
    next: "Run the command again to go on from here.",
  });
}

function timedOut({ attempted, on }: Subject, { reason, lastFailure }: Deadline): MigrationError {
  const failure = lastFailure === undefined ? "" : `; the last request failed: ${lastFailure.message}`;
  return new MigrationError({
    attempted,
    on,
    kind: "timeout",
    answered: `the deadline passed while ${reason}${failure}`,
    next: "The array goes on by itself. Run the command again to go on waiting, with a longer `customTimeouts` if need be (before a destroy, an `up` must record it).",
  });
}
