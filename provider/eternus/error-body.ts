import type { ErrorBody } from "../core/http/error-response.ts";
import type { HttpAnswer } from "../core/http/exchange.ts";
import { jsonOf } from "../core/http/parse-answer.ts";
import { classOf, meaningOf } from "./error-codes.ts";
import { errorIn } from "./wire.ts";

/** The error body, with what its code means, because the array's own messages are short. */
export function errorBody(answer: HttpAnswer): ErrorBody | undefined {
  const error = errorIn(jsonOf(answer));
  if (error === undefined) return tenantRule(answer);
  const text = [error.message, meaningOf(error.code)?.text ?? tenantRule(answer)?.text];
  return {
    code: error.code,
    text: text.filter((part) => part !== undefined && part !== "").join(": "),
    // A busy array may answer 409 as well as 503.
    kind: answer.status === 409 && classOf(error.code) === "passing" ? "busy" : undefined,
  };
}

// A 403 is about roles and tenants even if its code is not public, or if it has none.
function tenantRule(answer: HttpAnswer): ErrorBody | undefined {
  return answer.status === 403 ? { text: meaningOf("5001")?.text ?? "" } : undefined;
}
