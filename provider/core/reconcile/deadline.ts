import { MigrationError, type MigrationErrorReport } from "../errors.ts";
import type { Run } from "./run.ts";

/** What a run attempts before the deadline, and how it waits. */
interface Attempted extends Pick<MigrationErrorReport, "attempted" | "on"> {
  waitForNextPoll?(durationMs: number, signal: AbortSignal): Promise<void>;
}

/** The deadline of a run. Every wait ends at the deadline, with an error. */
export interface Deadline {
  /** Aborts at the deadline, or when the run is interrupted. */
  readonly over: AbortSignal;
  /** What the run waits for, for the error. */
  reason: string;
  lastFailure: MigrationError | undefined;
  /** Whether any read has succeeded. */
  hasRead: boolean;
  /** Waits for exactly this long. */
  pause(durationMs: number): Promise<void>;
  /** Waits for up to this long. */
  waitForNextPoll(durationMs: number): Promise<void>;
  throwIfOver(): void;
}

/** The stage of a wait in which the array does not answer, so that a row shows an array that comes and goes only now and then. */
export const retrying = { stage: "retrying" } as const;

/** Works until the deadline of the run. Leaves no timer behind. */
export async function untilDeadline<Result>(
  attempted: Attempted,
  run: Run,
  work: (deadline: Deadline) => Promise<Result>,
): Promise<Result> {
  const [finished, late] = [new AbortController(), new AbortController()];
  run.clock.sleep(run.deadlineMs - run.clock.nowMs(), finished.signal).then(() => {
    if (!finished.signal.aborted) late.abort();
  });
  try {
    return await work(deadlineFor(attempted, run, AbortSignal.any([run.signal, late.signal])));
  } finally {
    finished.abort();
  }
}

function deadlineFor(attempted: Attempted, run: Run, over: AbortSignal): Deadline {
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
