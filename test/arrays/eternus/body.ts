import { z } from "zod";
import { ArrayRefusal } from "./array-refusal.ts";
import type { ErrorCode } from "./error-codes.ts";
import { settableTransferModes, switches } from "./session-table.ts";

/** Login, either form; `is_refresh_token_required` only makes sense with a password (reference, Creating Session). */
export const loginBody = z.union([
  z.strictObject({
    grant_type: z.literal("password").optional(),
    user_name: z.string(),
    password: z.string(),
    is_refresh_token_required: z.boolean().optional(),
  }),
  z.strictObject({ grant_type: z.literal("refresh_token"), refresh_token: z.string() }),
]);

/** Suspend of several sessions. That the list may not be empty or name an id twice is inferred: its criteria are lost. */
export function groupSuspendBody(groupSize: number) {
  const ids = z.array(z.int().min(0)).min(1).max(groupSize);
  return z.strictObject({
    copysession_id_list: ids.refine((list) => new Set(list).size === list.length),
    force: z.boolean().optional(),
  });
}

/** Suspend of one session: the body may be left out. */
export const suspendBody = z.strictObject({ force: z.boolean().optional() }).optional();

/** Mode change (reference, Modifying REC Session): at least one of the three. */
export const modeBody = z
  .strictObject({
    transfer_mode: z.enum(settableTransferModes).optional(),
    split_mode: z.enum(switches).optional(),
    recovery_mode: z.enum(switches).optional(),
  })
  .refine((modes) => Object.keys(modes).length > 0);

/** The body as its schema describes it. @throws ArrayRefusal 400 with the array's number for what is wrong, and where */
export function readBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const read = schema.safeParse(body, { reportInput: true });
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw new ArrayRefusal(400, codeOf(issue), issue?.path.join(".") || unknownKeys(issue) || "request body");
}

type Issue = z.core.$ZodIssue | undefined;

function codeOf(issue: Issue): ErrorCode {
  switch (issue?.code) {
    case "invalid_type":
      return issue.input === undefined ? "0004" : "0001";
    case "too_big":
      return issue.origin === "array" ? "0003" : "0002";
    case "too_small":
      return issue.origin === "array" ? "0004" : "0002";
    case "custom":
      return "0019";
    default:
      return "0001";
  }
}

function unknownKeys(issue: Issue): string {
  return issue?.code === "unrecognized_keys" ? issue.keys.join(", ") : "";
}
