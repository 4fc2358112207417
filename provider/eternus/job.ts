/** Why one session failed inside a job. */
export interface JobFailure {
  /** Undefined where the array's entry names no session. */
  readonly sessionId: number | undefined;
  /** The array's message number, four characters; undefined where it gave none. */
  readonly code: string | undefined;
  readonly message: string;
}

/** What an accepted command becomes (RESTful API reference, job management). Its success is not the success of what it was for. */
export interface Job {
  readonly id: number;
  /** Spelt as in `words.ts`, or as it came. */
  readonly status: string;
  /** Method, path and body of the command; undefined where the array does not report it. */
  readonly description: string | undefined;
  /** Sessions whose suspend continues although the job may have ended. */
  readonly inProgress: readonly number[];
  /** Undefined where the array does not report them, which is not the same as none. */
  readonly succeeded: readonly number[] | undefined;
  readonly failures: readonly JobFailure[];
}

/** Whether a job is over. A status word we do not know is not: it is waited for. */
export function hasEnded(job: Job): boolean {
  return ["Success", "Error", "Partial_Error", "Canceled"].includes(job.status);
}

/** What a job does to which sessions, read from its description; undefined when it is about something else or too little is in it. */
export function commandOf(description: string | undefined): JobCommand | undefined {
  const group = /\/copysession\/suspend\b.*?"copysession_id_list"\s*:\s*\[([\d\s,]+)\]/s.exec(description ?? "");
  // Left out, it is off (RESTful API reference, Suspending Multiple REC Sessions).
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

export type CommandKind = "suspend" | "resume" | "reverse" | "modify";

export interface JobCommand {
  readonly kind: CommandKind;
  readonly ids: readonly number[];
  /** Of a suspend: whatever the destination lacks. @default false */
  readonly force?: boolean;
}
