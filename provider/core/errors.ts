/** Why something failed, with what it means for an action whose request failed so. The code decides on these words, never on a message. */
const outcomes = {
  /** The stack's configuration or environment is wrong. */
  settings: "rejected",
  /** A property of the resource is wrong. */
  input: "rejected",
  /** The connection failed before the request left, so the array has not seen it. */
  unreachable: "not sent",
  /** The array's certificate failed verification. */
  untrusted: "rejected",
  /** The connection broke after the request left, so the array may have acted. */
  lost: "unknown",
  /** The array reported that it cannot take the request now, and did not take it. */
  busy: "not sent",
  /** The array failed internally (5xx), and may have acted. */
  failing: "unknown",
  /** The array's answer does not match its interface. */
  contract: "unknown",
  /** The array rejected the login. */
  authentication: "rejected",
  /** The user may not do this. */
  permission: "rejected",
  /** The object does not exist. */
  notFound: "rejected",
  /** The array understood the request and rejected it. */
  refused: "rejected",
  /** An object is not the recorded one, or belongs to somebody else. */
  identity: "rejected",
  /** The declared state cannot be reached from the state that the array is in. */
  stuck: "rejected",
  /** The array made no progress for `stallFailureMinutes`. */
  stalled: "rejected",
  /** Some members of a group failed. */
  partial: "rejected",
  /** The deadline passed first. */
  timeout: "rejected",
  /** The run was interrupted. */
  cancelled: "rejected",
} as const;
export type MigrationErrorKind = keyof typeof outcomes;

/** What an error reports, always in the same order: `PowerStore east (https://…): could not cut over import session 7: … .` */
export interface MigrationErrorReport {
  readonly kind: MigrationErrorKind;
  /** What was attempted, as a verb phrase: `cut over import session 7`. */
  readonly attempted: string;
  /** The array, with its endpoint. The message begins with it. */
  readonly on: string;
  /** What the array answered, or what the provider observed. */
  readonly answered: string;
  /** What the stack has recorded of the resource: `import session 7 in Copy_In_Progress`. @default the message does not mention it */
  readonly recorded?: string | undefined;
  /** What to do next, as a sentence. */
  readonly next: string;
  /** The array's own code, if it gave one. */
  readonly code?: string | undefined;
  /** How long the array asked the provider to wait, in milliseconds, bounded. */
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/** The only error of this package. Its message is complete and holds no secret. Its stack is empty, because Pulumi prints the stack after the message. */
export class MigrationError extends Error {
  override readonly name = "MigrationError";
  readonly kind: MigrationErrorKind;
  readonly code: string | undefined;
  readonly retryAfterMs: number | undefined;
  /** What the array answered, without the rest of the message. For lists of failures. */
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

  /** The same error, with one more sentence on what to do next. */
  withNext(sentence: string): MigrationError {
    return new MigrationError({ ...this.#report, next: `${this.#report.next} ${sentence}` });
  }

  /** The same error, with what the stack has recorded. */
  withRecorded(recorded: string): MigrationError {
    return new MigrationError({ ...this.#report, recorded });
  }
}

/** Whether the next read may succeed. One failed poll is never a failed migration. */
export function isTransient(error: unknown): error is MigrationError {
  if (!(error instanceof MigrationError)) return false;
  return ["unreachable", "lost", "busy", "failing", "contract"].includes(error.kind);
}

/** For reads of an object that may not exist. Turns `notFound` into undefined. */
export function absentWhenNotFound(error: unknown): undefined {
  if (error instanceof MigrationError && error.kind === "notFound") return undefined;
  throw error;
}

/** What became of an action whose request ended in this error. */
export function outcomeOfAction({ kind }: MigrationError): (typeof outcomes)[MigrationErrorKind] {
  return outcomes[kind];
}

/** What happened, and what to do about it. */
export function twoSentences(answered: string, next: string): string {
  return `${withStop(answered)} ${next}`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function withStop(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
