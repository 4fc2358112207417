import type { ArrayAnswer, ArrayRequest } from "../exchange.ts";
import { type Refusal, refusalAnswer } from "./refusal.ts";

/** How a request with the cookie of a login that is gone is answered: arrays have been seen to do each. */
export type StaleLoginAnswer = "401" | "403" | "redirect to a login page";

/** Whether a request relies on a login that may be gone. */
export function isStale(request: ArrayRequest): boolean {
  return request.headers.cookie !== undefined && request.headers.authorization === undefined;
}

/** The answer to it. */
export function staleAnswer(how: StaleLoginAnswer, refusal: Refusal): ArrayAnswer {
  switch (how) {
    case "401":
      return refusalAnswer(refusal);
    case "403":
      return { ...refusalAnswer(refusal), status: 403 };
    case "redirect to a login page":
      return { status: 302, headers: { location: "/#/login" } };
  }
}
