import type { ArrayRequest } from "../exchange.ts";
import type { Temper } from "../temperament/temperament.ts";
import type { SessionAction } from "./import-acts.ts";
import type { ChangeName } from "./job-book.ts";
import { codes, Refusal } from "./refusal.ts";

/** A change that arrived: what it is called, and what of. */
export interface Change {
  readonly name: Exclude<ChangeName, "discover">;
  /** Of the session, as in the path; `undefined` for a create. */
  readonly reference: string | undefined;
  readonly request: ArrayRequest;
  readonly user: string;
}

/** When a change takes effect and when it is answered, as its temper has it. */
export interface Manner {
  readonly answeredAs: "result" | "job" | "job that waits";
  readonly effectMs: number;
  readonly answerMs: number;
  readonly failsSilently: boolean;
}

/** What makes two requests the same occasion: a repeat is the same change again. */
export function occasionOf({ request: { method, path, body } }: Change): string {
  return `${method} ${path} ${nameIn(body) ?? ""}`;
}

/** The name that a body gives. */
export function nameIn(body: unknown): string | undefined {
  return typeof body === "object" && body !== null && "name" in body && typeof body.name === "string"
    ? body.name
    : undefined;
}

/** `is_async=true` is the one parameter of a change (REST Developers Guide). */
export function isAsyncIn({ rawQuery }: ArrayRequest): boolean {
  if (rawQuery === "" || rawQuery === "is_async=false") return false;
  if (rawQuery === "is_async=true") return true;
  throw new Refusal(400, codes.invalidRequest, "A request that changes something takes no parameter but is_async.");
}

/** How a change is taken, by the temper of the array. */
export function mannerOf(temper: Temper, name: Change["name"], isAsync: boolean, key: string, nth: number): Manner {
  const on = [key, nth] as const;
  const slowMs = temper.msIfStrikes("slow-acts", ...on);
  if (temper.strikes("approvals", ...on)) {
    return { answeredAs: "job that waits", effectMs: 0, answerMs: 0, failsSilently: false };
  }
  if (isAsync || temper.strikes("jobs-for-acts", ...on)) {
    const effectMs = slowMs || temper.ms("jobs-for-acts", ...on);
    return { answeredAs: "job", effectMs, answerMs: 0, failsSilently: false };
  }
  // Every other time, so that whoever tries again gets on.
  const failsSilently = isSessionAction(name) && nth % 2 === 0 && temper.strikes("silent-failures", ...on);
  const effectMs =
    slowMs || (failsSilently ? temper.ms("silent-failures", ...on) : temper.msIfStrikes("late-effects", ...on));
  return {
    answeredAs: "result",
    effectMs,
    answerMs: slowMs || temper.msIfStrikes("late-answers", ...on),
    failsSilently,
  };
}

function isSessionAction(name: Change["name"]): name is SessionAction {
  return name !== "create" && name !== "modify" && name !== "delete";
}

/** The same refusal comes as another status from some releases. */
export function refusedAs(asServerError: boolean, refusal: Refusal): Refusal {
  return asServerError ? new Refusal(500, refusal.code, refusal.message, refusal.arguments) : refusal;
}

/** The refusal of a change while another one is in progress, in one of its two forms. */
export function inProgress(name: string, nth: number): Refusal {
  const message = `Another operation on import session ${name} is in progress.`;
  return new Refusal(nth % 2 === 0 ? 422 : 409, codes.actionPending, message);
}
