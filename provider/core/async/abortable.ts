import { MigrationError } from "../errors.ts";

/** Waits for the work, but only until `signal` aborts. The work itself continues then, and its outcome is ignored. */
export function abortable<Result>(work: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const abandon = () => reject(signal.reason);
    signal.addEventListener("abort", abandon);
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abandon));
    if (signal.aborted) abandon();
  });
}

/** The error for a caller that stopped waiting for a request. */
export function abandoned(attempted: string, on: string): MigrationError {
  const next = "Run `pulumi up` again to resume from here.";
  return new MigrationError({ kind: "cancelled", attempted, on, answered: "the run was interrupted", next });
}
