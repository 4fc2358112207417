/**
 * Why something failed. Decisions are taken on this word, never on a message.
 *
 * - `settings`: the stack's configuration or environment is wrong
 * - `input`: a property of the resource is wrong
 * - `unreachable`: no connection came about, so the array has not seen the request
 * - `untrusted`: the array's certificate did not verify
 * - `lost`: the connection broke after the request left; whether the array acted is unknown
 * - `busy`: the array said it cannot take the request now, and did not take it
 * - `failing`: the array failed inside (5xx); whether it acted is unknown
 * - `contract`: the array answered something its interface does not promise
 * - `authentication`, `permission`: the login, or what it may do, was refused
 * - `notFound`: the object does not exist
 * - `refused`: the array understood and said no
 * - `identity`: an object is not the one that was recorded, or is somebody else's
 * - `stuck`: the array reached a state from which the declared one cannot be reached
 * - `stalled`: there was no progress for as long as `stallFailureMinutes` allows
 * - `partial`: some members of a group failed
 * - `timeout`: the deadline passed first
 * - `cancelled`: the run was interrupted
 */
export type MigrationErrorKind =
  | "settings"
  | "input"
  | "unreachable"
  | "untrusted"
  | "lost"
  | "busy"
  | "failing"
  | "contract"
  | "authentication"
  | "permission"
  | "notFound"
  | "refused"
  | "identity"
  | "stuck"
  | "stalled"
  | "partial"
  | "timeout"
  | "cancelled";

/** What an error reports, always the same things in the same order: `PowerStore east (https://…): could not cut over import session 7: … .` */
export interface MigrationErrorReport {
  readonly kind: MigrationErrorKind;
  /** What was attempted, as a verb phrase: `cut over import session 7`. */
  readonly attempted: string;
  /** On what: the array, with its endpoint. It heads the message. */
  readonly on: string;
  /** What the array answered, or what was seen. */
  readonly answered: string;
  /** What the stack has recorded of the resource, once that is known: `import session 7 in Copy_In_Progress`. @default nothing is said of it */
  readonly recorded?: string | undefined;
  /** What to do next, as a sentence. */
  readonly next: string;
  /** The array's own code, where it gave one. */
  readonly code?: string | undefined;
  /** How long the array asked to be left alone, in milliseconds, bounded. */
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/** The one error of this package. Its message is complete by itself and holds no secret; its stack is empty, because Pulumi shows it after the message. */
export class MigrationError extends Error {
  override readonly name = "MigrationError";
  readonly kind: MigrationErrorKind;
  readonly code: string | undefined;
  readonly retryAfterMs: number | undefined;
  /** What the array answered, without the rest of the message: for lists of failures. */
  readonly answered: string;

  readonly #report: MigrationErrorReport;

  constructor(report: MigrationErrorReport) {
    const { attempted, on, answered, recorded, next } = report;
    const record = recorded === undefined ? "" : ` Recorded: ${recorded}.`;
    super(`${capitalised(on)}: could not ${attempted}: ${withStop(answered)}${record} ${next}`, {
      cause: report.cause,
    });
    this.#report = report;
    this.kind = report.kind;
    this.code = report.code;
    this.retryAfterMs = report.retryAfterMs;
    this.answered = report.answered;
    this.stack = "";
  }

  /** The same error, with what is recorded. */
  withRecorded(recorded: string): MigrationError {
    return new MigrationError({ ...this.#report, recorded });
  }
}

/** Whether the next read may well succeed: one failed poll is never a failed migration. */
export function isTransient(error: unknown): error is MigrationError {
  if (!(error instanceof MigrationError)) return false;
  return ["unreachable", "lost", "busy", "failing", "contract"].includes(error.kind);
}

/** For reads of what may be missing: nothing instead of the error that says so. */
export function absentWhenNotFound(error: unknown): undefined {
  if (error instanceof MigrationError && error.kind === "notFound") return undefined;
  throw error;
}

/** What is known about an action whose request ended in this error. */
export function outcomeOfAction(error: MigrationError): "not sent" | "unknown" | "rejected" {
  switch (error.kind) {
    case "unreachable":
    case "busy":
      return "not sent";
    case "lost":
    case "failing":
    case "contract":
      return "unknown";
    case "settings":
    case "input":
    case "untrusted":
    case "authentication":
    case "permission":
    case "notFound":
    case "refused":
    case "identity":
    case "stuck":
    case "stalled":
    case "partial":
    case "timeout":
    case "cancelled":
      return "rejected";
  }
}

/** What was seen, and what to do about it. */
export function twoSentences(answered: string, next: string): string {
  return `${withStop(answered)} ${next}`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function withStop(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
