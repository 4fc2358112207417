import type { Clock } from "../async/clock.ts";
import { MigrationError, type MigrationErrorKind } from "../errors.ts";
import type { HttpAnswer } from "./exchange.ts";
import { retryAfterMs } from "./retry-after.ts";

/** What a vendor's error body says, in its own code and words. */
export interface Refusal {
  readonly code?: string | undefined;
  readonly text: string;
  /** Overrides the reading of the HTTP status, where the vendor's code is more exact. */
  readonly kind?: MigrationErrorKind | undefined;
}

/** Turns an answer that is no success into the error it stands for. */
export function errorResponse(
  answer: HttpAnswer,
  context: { readonly attempted: string; readonly on: string; readonly clock: Clock },
  refusal: Refusal | undefined,
): MigrationError {
  const kind = refusal?.kind ?? kindOfStatus(answer.status);
  const said =
    refusal === undefined ? "without an error body" : [refusal.code, refusal.text].filter(Boolean).join(": ");
  return new MigrationError({
    kind,
    attempted: context.attempted,
    on: context.on,
    answered: `the array answered ${answer.status} ${said}`,
    next: nextSteps[kind] ?? goOn,
    code: refusal?.code,
    retryAfterMs: retryAfterMs(answer.headers["retry-after"], sentAtMs(answer, context.clock)),
  });
}

// A date to retry after is by the array's clock, so what is now must be too.
function sentAtMs(answer: HttpAnswer, clock: Clock): number {
  const dateMs = Date.parse(answer.headers.date ?? "");
  return Number.isNaN(dateMs) ? clock.nowMs() : dateMs;
}

// RFC 9110 and both vendors: 503 means the request was not accepted; any other 5xx leaves open what was done.
function kindOfStatus(status: number): MigrationErrorKind {
  if (status === 401) return "authentication";
  if (status === 403) return "permission";
  if (status === 404) return "notFound";
  if (status === 408 || status === 429 || status === 503) return "busy";
  if (status >= 500) return "failing";
  if (status < 400) return "contract";
  return "refused";
}

const goOn = "Correct what it names, then run `pulumi up` again: it goes on where this run stopped.";
const nextSteps: Partial<Record<MigrationErrorKind, string>> = {
  authentication: "Check the user and the password in the stack's configuration.",
  permission: "Give the user a role that may do this, or configure another user.",
  notFound: "Check the id, and that this is the right array.",
  busy: "Run `pulumi up` again later: it goes on where this run stopped.",
  failing: "Look at the array's own alerts, then run `pulumi up` again: it goes on where this run stopped.",
  contract: "Check that the address is the array's own management address and not a proxy or a login page.",
};
