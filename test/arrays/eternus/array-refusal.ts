import { descriptions, type ErrorCode } from "./error-codes.ts";

/** The HTTP statuses an ETERNUS refuses with (RESTful API reference, error responses). */
export type RefusalStatus = 400 | 401 | 403 | 404 | 409 | 413 | 415 | 503;

/** A request that the array does not carry out. */
export class ArrayRefusal extends Error {
  override name = "ArrayRefusal" as const;
  readonly status: RefusalStatus;
  readonly code: string;

  /** `factor` names what is at fault: a parameter, a path, an id. */
  constructor(status: RefusalStatus, code: ErrorCode, factor: string) {
    super(failureMessage(code, factor));
    this.status = status;
    this.code = code;
  }
}

/** The form of the array's messages: `Description (Factor)`. */
export function failureMessage(code: ErrorCode, factor: string): string {
  return `${descriptions[code]} (${factor})`;
}

/** A code and message as they stand in error bodies and in a job's failures. */
export interface ErrorBody {
  readonly error_code: string | number;
  readonly message: string;
  readonly internal_code: string;
}

/**
 * The body for a code and a message. The JSON type of `error_code` is not documented: as a number it loses its leading
 * zeros, and codes with a letter, like D206, stay texts.
 */
export function errorBody(code: string, message: string, codeType: "string" | "number"): ErrorBody {
  const isNumeric = /^\d+$/.test(code);
  return {
    error_code: codeType === "number" && isNumeric ? Number(code) : code,
    message,
    internal_code: `0x${code.padStart(8, "0")}`,
  };
}
