import type { Refusal } from "../core/http/error-response.ts";
import type { HttpAnswer } from "../core/http/exchange.ts";
import { jsonOf } from "../core/http/parse-answer.ts";
import { classOf, meaningOf } from "./error-codes.ts";
import { errorIn } from "./wire.ts";

/** What an error body reports, with what its code means: the array's own messages are short. */
export function errorBody(answer: HttpAnswer): Refusal | undefined {
  const error = errorIn(jsonOf(answer));
  if (error === undefined) return tenantRule(answer);
  const text = [error.message, meaningOf(error.code)?.text ?? tenantRule(answer)?.text];
  return {
    code: error.code,
    text: text.filter((part) => part !== undefined && part !== "").join(": "),
    // An occupied array may answer with 409 as well as with 503.
    kind: answer.status === 409 && classOf(error.code) === "passing" ? "busy" : undefined,
  };
}

// A 403 with a code that is not public, or with none, is still about roles and tenants.
function tenantRule(answer: HttpAnswer): Refusal | undefined {
  return answer.status === 403 ? { text: meaningOf("5001")?.text ?? "" } : undefined;
}
