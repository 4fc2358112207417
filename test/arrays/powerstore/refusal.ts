import type { ArrayAnswer } from "../exchange.ts";

/** Message codes. The first ones are seen in public material; codes about imports are not public, these are made up. */
export const codes = {
  bodyNotAllowed: "0xE04040030001",
  notFound: "0xE04040020009",
  badUrl: "0xE04040020008",
  invalidRequest: "0xE04040010005",
  invalidHosts: "0xE0A030010001",
  notAuthenticated: "0xE0F0F0010001",
  notAuthorised: "0xE0F0F0010002",
  offsetOutOfRange: "0xE0F0F0010003",
  nameInUse: "0xE0F0F0020001",
  wrongState: "0xE0F0F0020002",
  actionPending: "0xE0F0F0020003",
  notImportable: "0xE0F0F0020004",
  invalidReference: "0xE0F0F0020005",
  invalidSchedule: "0xE0F0F0020006",
  hostsUnreachable: "0xE0F0F0030001",
  cutoverFailed: "0xE0F0F0030002",
  policyReplicates: "0xE0F0F0030003",
  actionFailed: "0xE0F0F0030004",
  notApproved: "0xE0F0F0030005",
  passwordExpired: "0xE0F0F0010004",
  unavailable: "0xE0F0F0010005",
} as const;

/** Thrown where the array refuses a request: it becomes an `error_response`. */
export class Refusal extends Error {
  override readonly name = "Refusal" as const;
  readonly status: number;
  readonly code: string;
  readonly arguments: readonly string[];

  constructor(status: number, code: string, message: string, args: readonly string[] = []) {
    super(message);
    this.status = status;
    this.code = code;
    this.arguments = args;
  }
}

/** The vendor's `error_response` with one message. */
export function refusalAnswer(refusal: Refusal): ArrayAnswer {
  const { status, code, message } = refusal;
  return {
    status,
    body: {
      messages: [
        { code, severity: "Error", severity_l10n: "Error", message_l10n: message, arguments: [...refusal.arguments] },
      ],
    },
  };
}
