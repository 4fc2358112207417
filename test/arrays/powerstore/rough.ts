import type { ArrayAnswer, ArrayRequest } from "../exchange.ts";
import { formed } from "../temperament/answer-forms.ts";
import { failoverStatus } from "../temperament/failover.ts";
import type { Shown, View } from "../temperament/shown.ts";
import type { Temper } from "../temperament/temperament.ts";
import type { ImportWorld } from "./import-world.ts";
import type { Inventory } from "./inventory.ts";
import type { JobBook } from "./job-book.ts";
import { codes, Refusal, refusalAnswer } from "./refusal.ts";
import type { Resource, Row } from "./resource.ts";
import { resourcesOf } from "./resources.ts";
import { shownSessions } from "./shown-sessions.ts";

/** Stands before an array's router: lets what its temper says happen to each request and its answer. */
export function roughly(
  temper: Temper,
  route: (request: ArrayRequest) => ArrayAnswer,
): (request: ArrayRequest) => ArrayAnswer {
  return (request) => {
    const status = failoverStatus(temper, request.atMs);
    if (status !== undefined) return refusalAnswer(new Refusal(status, codes.unavailable, failoverTexts[status]));
    const answer = route(request);
    const isLook = request.method === "GET" && !request.path.endsWith("/login_session");
    return isLook ? formed(temper, answer, request.atMs, { state: "state", id: "id" }) : answer;
  };
}

const failoverTexts = {
  401: "The request is not authenticated.",
  403: "The request is not authorised.",
  404: "The URL could not be parsed.",
} as const;

/** The collections of an array, as its lists and as its instances show them. */
export function shownResources(given: {
  readonly world: ImportWorld;
  readonly inventory: Inventory;
  readonly book: JobBook;
  readonly temper: Temper;
  readonly shown: Shown<Row>;
}): Readonly<Record<View, ReadonlyMap<string, Resource>>> {
  const { world, inventory, book, temper, shown } = given;
  const release = temper.has("approvals") ? "4.4" : "4.1";
  const okWord = temper.has("ok-in-another-case") ? "Ok" : "OK";
  const seenAs = (view: View) =>
    resourcesOf({ world, inventory, book, release, okWord, sessions: () => shownSessions(world, shown, view) });
  return { list: seenAs("list"), instance: seenAs("instance") };
}
