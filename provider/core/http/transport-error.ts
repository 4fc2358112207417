import { MigrationError, type MigrationErrorKind } from "../errors.ts";
import type { HttpRequest } from "./exchange.ts";
import { exchangeLimits } from "./limits.ts";

/**
 * Turns the failure of an exchange into an error that says whether the array may have acted.
 *
 * @param progress `isSent`: the connection was established, so the array may have seen the request. `isCutOff`: an interruption ended an action after it left, so the array may have acted
 */
export function toMigrationError(
  error: unknown,
  { attempted, signal }: Pick<HttpRequest, "attempted" | "signal">,
  on: string,
  { isSent, isCutOff = false }: { readonly isSent: boolean; readonly isCutOff?: boolean },
): MigrationError {
  if (error instanceof MigrationError) return error;
  const code = codeOf(error);
  // A request that cannot be written is a defect of ours, and repeating it would repeat the defect.
  if (error instanceof TypeError || code === "UND_ERR_INVALID_ARG") throw error;
  const { kind, answered, next } =
    signal?.aborted === true
      ? isCutOff
        ? cutOff
        : interrupted
      : (failures.find(({ codes }) => codes.test(code)) ?? (isSent ? broken : unconnected));
  return new MigrationError({ kind, attempted, on, answered: `${answered} (${code})`, next, code });
}

interface Failure {
  readonly kind: MigrationErrorKind;
  readonly answered: string;
  readonly next: string;
}

const next =
  "Check the address, the network and the array, then run `pulumi up` again. It resumes where this run stopped.";

// Matched against undici's and Node's error codes. The first row that matches decides.
const failures: readonly (Failure & { readonly codes: RegExp })[] = [
  {
    codes: /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS_CERT|ISSUER|HOSTNAME_MISMATCH/,
    kind: "untrusted",
    answered: "its certificate failed verification",
    next: "Set `caCertificate` to the authority that signed it, or check that the address is really the array's.",
  },
  {
    codes: /^UND_ERR_RES_EXCEEDED_MAX_SIZE$/,
    kind: "contract",
    answered: `the answer was larger than ${exchangeLimits.answerBytes} bytes`,
    next,
  },
];
const unconnected: Failure = { kind: "unreachable", answered: "the connection failed", next };
const broken: Failure = { kind: "lost", answered: "the connection broke before the answer was complete", next };
const cutOff: Failure = {
  kind: "lost",
  answered: "the run was interrupted before the array answered",
  next: "The array may have acted. Run `pulumi up` again: it reads what became of it.",
};
const interrupted: Failure = {
  kind: "cancelled",
  answered: "the run was interrupted",
  next: "Run `pulumi up` again to resume from here.",
};

function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  return error instanceof Error ? error.name : "unknown";
}
