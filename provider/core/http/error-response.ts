import type { Clock } from "../async/clock.ts";
import { MigrationError, type MigrationErrorKind } from "../errors.ts";
import type { HttpAnswer } from "./exchange.ts";
import { retryAfterMs } from "./retry-after.ts";

/** A vendor's error body: the vendor's own code and words. */
export interface ErrorBody {
  readonly code?: string | undefined;
  readonly text: string;
  /** The error's kind, if the vendor's code is more exact than the HTTP status. */
  readonly kind?: MigrationErrorKind | undefined;
}

/** Turns an answer other than a success into an error. */
export function errorResponse(
  answer: HttpAnswer,
  { attempted, on, clock }: { readonly attempted: string; readonly on: string; readonly clock: Clock },
  body: ErrorBody | undefined,
): MigrationError {
  const kind = body?.kind ?? kindOfStatus(answer.status);
  const text = body === undefined ? "without an error body" : [body.code, body.text].filter(Boolean).join(": ");
  // `Retry-After` may be a date by the array's clock, so "now" must be by that clock too.
  const sentAtMs = Date.parse(answer.headers.date ?? "");
  return new MigrationError({
    kind,
    attempted,
    on,
    answered: `the array answered ${answer.status} ${text}`,
    next: nextSteps[kind] ?? defaultNextStep,
    code: body?.code,
    retryAfterMs: retryAfterMs(answer.headers["retry-after"], Number.isNaN(sentAtMs) ? clock.nowMs() : sentAtMs),
  });
}

// RFC 9110 and both vendors: after 503 the array has not accepted the request. After any other 5xx it may have acted.
function kindOfStatus(status: number): MigrationErrorKind {
  if (status === 401) return "authentication";
  if (status === 403) return "permission";
  if (status === 404) return "notFound";
  if (status === 408 || status === 429 || status === 503) return "busy";
  if (status >= 500) return "failing";
  return status < 400 ? "contract" : "refused";
}

const defaultNextStep = "Fix what the array names, then run `pulumi up` again. It resumes where this run stopped.";
const nextSteps: Partial<Record<MigrationErrorKind, string>> = {
  authentication: "Check the user and the password in the stack's configuration.",
  permission: "Give the user a role that allows this, or configure another user.",
  notFound: "Check the id, and that this is the right array.",
  busy: "Run `pulumi up` again later. It resumes where this run stopped.",
  failing: "Check the array's own alerts, then run `pulumi up` again. It resumes where this run stopped.",
  contract: "Check that the address is the array's own management address and not a proxy or a login page.",
};
