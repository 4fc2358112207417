import type { ErrorBody } from "../core/http/error-response.ts";
import type { HttpAnswer } from "../core/http/exchange.ts";
import { jsonOf } from "../core/http/parse-answer.ts";
import { wireErrorResponse } from "./wire.ts";

/** An `error_response` with all its messages, not only the first. */
export function errorBody(answer: HttpAnswer): ErrorBody | undefined {
  const parsed = wireErrorResponse.safeParse(jsonOf(answer));
  if (!parsed.success || parsed.data.messages.length === 0) return undefined;
  const [first, ...others] = parsed.data.messages;
  const text = [
    first?.message_l10n,
    ...others.map(({ code, message_l10n }) => [code, message_l10n].filter(Boolean).join(": ")),
  ];
  return { code: first?.code, text: text.filter(Boolean).join("; ") };
}
