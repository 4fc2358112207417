/** Why one session failed inside a job. */
export interface JobFailure {
  /** Undefined if the array's entry names no session. */
  readonly sessionId: number | undefined;
  /** The array's message number, four characters; undefined if it gave none. */
  readonly code: string | undefined;
  readonly message: string;
}

/** The array turns an accepted command into a job (RESTful API reference, job management). A successful job does not mean that the sessions have reached their new state. */
export interface Job {
  readonly id: number;
  /** Spelt as in `words.ts`, or unchanged if it is an unknown word. */
  readonly status: string;
  /** Method, path and body of the command; undefined if the array does not report them. */
  readonly description: string | undefined;
  /** Sessions whose suspend continues, although the job may have ended. */
  readonly inProgress: readonly number[];
  /** Undefined if the array does not report them, which does not mean that there are none. */
  readonly succeeded: readonly number[] | undefined;
  readonly failures: readonly JobFailure[];
}

/** Whether a job has ended. An unknown status word means that it has not, so the provider waits. */
export function hasEnded(job: Job): boolean {
  return ["Success", "Error", "Partial_Error", "Canceled"].includes(job.status);
}

/** What a job does to which sessions, read from its description. Undefined if the job does something else, or if its description lacks the details. */
export function commandOf(description: string | undefined): JobCommand | undefined {
  const group = /\/copysession\/suspend\b.*?"copysession_id_list"\s*:\s*\[([\d\s,]+)\]/s.exec(description ?? "");
  // An absent `force` means false (RESTful API reference, Suspending Multiple REC Sessions).
  const force = /"force"\s*:\s*true\b/.test(description ?? "");
  if (group !== null) return { kind: "suspend", ids: (group[1] ?? "").split(",").map(Number), force };
  const single = /\/copysession\/(\d+)\/(suspend|resume|reverse)\b/.exec(description ?? "");
  const modified = /PATCH\b.*?\/copysession\/(\d+)/s.exec(description ?? "");
  const ids = [Number(single?.[1] ?? modified?.[1])];
  switch (single?.[2]) {
    case "suspend":
      return { kind: "suspend", ids, force };
    case "resume":
    case "reverse":
      return { kind: single[2], ids };
    default:
      return modified === null ? undefined : { kind: "modify", ids };
  }
}

/** The time in which a session must show the effect of a command, if nothing else reports its outcome, in milliseconds. */
export const graceMs = 60_000;

export type CommandKind = "suspend" | "resume" | "reverse" | "modify";

export interface JobCommand {
  readonly kind: CommandKind;
  readonly ids: readonly number[];
  /** For a suspend: even if the destination lacks data. @default false */
  readonly force?: boolean;
}
