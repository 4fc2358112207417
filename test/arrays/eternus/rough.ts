import type { ArrayAnswer, ArrayRequest } from "../exchange.ts";
import { formed } from "../temperament/answer-forms.ts";
import { failoverStatus } from "../temperament/failover.ts";
import { refusedInPassing } from "../temperament/refused-in-passing.ts";
import type { Temper } from "../temperament/temperament.ts";
import { ArrayRefusal } from "./array-refusal.ts";
import type { EternusArray } from "./eternus-array.ts";
import { refusalAnswer } from "./router.ts";
import { apiRoot } from "./wire-format.ts";

/** Stands before an array's router: lets what its temper says happen to each request and its answer. */
export function roughly(
  temper: Temper,
  array: EternusArray,
  route: (request: ArrayRequest) => ArrayAnswer,
): (request: ArrayRequest) => ArrayAnswer {
  const isRefused = refusedInPassing(temper);
  const counts = new Map<string, number>();
  return (request) => {
    const status = failoverStatus(temper, request.atMs);
    if (status !== undefined)
      return refusalAnswer(array, new ArrayRefusal(status, codeOfFailover[status], request.path));
    if (isAct(request)) return act(request);
    const isLogin = request.path.startsWith(`${apiRoot}/session`);
    return isLogin ? route(request) : looked(temper, route(request), request);
  };

  function act(request: ArrayRequest): ArrayAnswer {
    const key = `${request.method} ${request.path} ${JSON.stringify(request.body)}`;
    const passing = isRefused(key, request.atMs);
    if (passing !== undefined) {
      const refusal = passing % 2 === 0 ? busy(request) : new ArrayRefusal(409, "0060", request.path);
      return refusalAnswer(array, refusal);
    }
    const nth = counts.get(key) ?? 0;
    counts.set(key, nth + 1);
    const answer = route(request);
    if (answer.status !== 202) return answer;
    const slowMs = temper.msIfStrikes("slow-acts", key, nth);
    delayLatestJob(array, slowMs || temper.msIfStrikes("late-effects", key, nth));
    return { ...inForm(temper, answer, request), lateMs: slowMs || temper.msIfStrikes("late-answers", key, nth) };
  }
}

const codeOfFailover = { 401: "0021", 403: "5001", 404: "0110" } as const;

function busy(request: ArrayRequest): ArrayRefusal {
  return new ArrayRefusal(503, "0070", request.path);
}

function isAct({ method, path }: ArrayRequest): boolean {
  return method !== "GET" && path.startsWith(`${apiRoot}/copysession`);
}

/** Whatever a job has not begun yet, it begins later. */
function delayLatestJob(array: EternusArray, byMs: number): void {
  const job = array.jobs.get(array.nextJobId - 1);
  if (job?.status !== "Queued") return;
  array.jobs.set(job.id, { ...job, startsMs: job.startsMs + byMs, endsMs: job.endsMs + byMs });
}

function looked(temper: Temper, answer: ArrayAnswer, request: ArrayRequest): ArrayAnswer {
  const list = emptyListIn(answer.body);
  if (answer.status !== 200 || list === undefined) return inForm(temper, answer, request);
  const slot = temper.slot(request.atMs);
  if (temper.strikes("no-content", list, slot)) return { status: 204 };
  if (!temper.strikes("absent-lists", list, slot)) return answer;
  const rest = Object.entries(Object(answer.body)).filter(([name]) => name !== list);
  return { ...answer, body: Object.fromEntries(rest) };
}

function inForm(temper: Temper, answer: ArrayAnswer, { atMs }: ArrayRequest): ArrayAnswer {
  return formed(temper, answer, atMs, { state: "status", id: "copysession_id" });
}

/** The name of the list in an answer, if that list is empty. */
function emptyListIn(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  return Object.entries(body).find(
    ([name, value]) => /_list$/.test(name) && Array.isArray(value) && value.length === 0,
  )?.[0];
}
