import { MigrationError, type MigrationErrorKind } from "../errors.ts";
import type { HttpRequest } from "./exchange.ts";
import { exchangeLimits } from "./limits.ts";

/**
 * What an exchange that broke means, for the one who asked.
 *
 * @param isSent whether the connection stood, so that the array may have seen the request
 */
export function toMigrationError(
  error: unknown,
  request: Pick<HttpRequest, "attempted" | "signal">,
  arrayName: string,
  isSent: boolean,
): MigrationError {
  if (error instanceof MigrationError) return error;
  const code = codeOf(error);
  // A request that cannot even be written is a defect of ours: repeating it would repeat the defect.
  if (error instanceof TypeError || code === "UND_ERR_INVALID_ARG") throw error;
  const failure =
    request.signal?.aborted === true
      ? interrupted
      : (failures.find((row) => row.codes.test(code)) ?? (isSent ? broken : unconnected));
  return new MigrationError({
    kind: failure.kind,
    attempted: request.attempted,
    on: arrayName,
    answered: `${failure.answered} (${code})`,
    next: failure.next,
    code,
  });
}

interface Failure {
  readonly codes: RegExp;
  readonly kind: MigrationErrorKind;
  readonly answered: string;
  readonly next: string;
}

const again =
  "Check the address, the network and the array, then run `pulumi up` again: it goes on where this run stopped.";

// By undici's and Node's error codes; the first row that matches decides.
const failures: readonly Failure[] = [
  {
    codes: /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS_CERT|ISSUER|HOSTNAME_MISMATCH/,
    kind: "untrusted",
    answered: "its certificate did not verify",
    next: "Give the authority that signed it as `caCertificate`, or check that the address is really the array's.",
  },
  {
    codes: /^UND_ERR_RES_EXCEEDED_MAX_SIZE$/,
    kind: "contract",
    answered: `the answer was larger than ${exchangeLimits.answerBytes} bytes`,
    next: again,
  },
];
const unconnected: Failure = { codes: /./, kind: "unreachable", answered: "no connection came about", next: again };
const broken: Failure = {
  codes: /./,
  kind: "lost",
  answered: "the connection broke before the answer was complete",
  next: again,
};
const interrupted: Failure = {
  codes: /./,
  kind: "cancelled",
  answered: "the run was interrupted",
  next: "Run `pulumi up` again to go on from here.",
};

function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  return error instanceof Error ? error.name : "unknown";
}
