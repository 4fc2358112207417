import type { ArrayAnswer } from "../exchange.ts";
import { refusedInPassing } from "../temperament/refused-in-passing.ts";
import type { Shown } from "../temperament/shown.ts";
import type { Temper } from "../temperament/temperament.ts";
import { cancelBody, createBody, modifyBody, noBody, parseBody } from "./bodies.ts";
import { type Change, inProgress, isAsyncIn, type Manner, mannerOf, nameIn, occasionOf, refusedAs } from "./change.ts";
import { act, type Course, demandFuture, remove, reschedule } from "./import-acts.ts";
import { criteriaIn } from "./import-criteria.ts";
import type { ImportModel } from "./import-model.ts";
import { toOrder } from "./import-order.ts";
import type { ImportSession } from "./import-session.ts";
import { membersOf } from "./import-world.ts";
import type { Inventory } from "./inventory.ts";
import type { Job, JobBook } from "./job-book.ts";
import { codes, Refusal } from "./refusal.ts";
import type { Row } from "./resource.ts";
import { findSession } from "./session-routes.ts";

/** What changes of import sessions need. */
export interface ChangeOptions {
  readonly model: ImportModel;
  readonly inventory: Inventory;
  readonly bytesPerSecond: number;
  readonly book: JobBook;
  readonly temper: Temper;
  readonly shown: Shown<Row>;
}

/** How changes of import sessions are taken, carried out and answered. */
export interface Changes {
  /** @throws Refusal where it is refused */
  answer(change: Change): ArrayAnswer;
  /** Somebody decides about a job that waits for it. @throws RangeError if none waits under this id */
  decide(jobId: string, decision: "Approved" | "Rejected", reason: string): void;
}

export function importChanges(options: ChangeOptions): Changes {
  const { model, book, temper } = options;
  const { world } = model;
  const isRefused = refusedInPassing(temper);
  const counts = new Map<string, number>();
  const waiting = new Map<string, { readonly start: (lagMs: number) => void; readonly drop: () => void }>();

  return {
    answer(change) {
      const key = occasionOf(change);
      const isAsync = isAsyncIn(change.request);
      const session = change.reference === undefined ? undefined : findSession(world, change.reference);
      const nth = counts.get(key) ?? 0;
      const manner = mannerOf(temper, change.name, isAsync, key, nth);
      const job = book.open({
        change: change.name,
        resourceType: "import_session",
        resourceId: session?.id,
        resourceName: session?.name ?? nameIn(change.request.body),
        user: change.user,
        startMs: world.atMs,
        phase: manner.answeredAs === "job that waits" ? "Waiting_Approval" : "In_Progress",
      });
      try {
        const passing = isRefused(key, world.atMs);
        if (passing !== undefined) throw inProgress(job.resourceName ?? "", passing);
        const id = session === undefined ? create(change, manner, job) : changeSession(change, session, manner, job);
        counts.set(key, nth + 1);
        return answerTo(manner, job, id);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const refusal = refusedAs(temper.strikes("refusals-as-500", key, nth), error);
        // What is no request of this API at all is not taken as a job.
        if (error.status === 400) book.drop(job, world.atMs, refusal);
        else book.end(job, world.atMs, { status: refusal.status, refusal });
        throw refusal;
      }
    },
    decide(jobId, decision, reason) {
      const job = book.jobs.find(({ id }) => id === jobId);
      const held = waiting.get(jobId);
      if (job === undefined || held === undefined) throw new RangeError(`no job ${jobId} waits for an approval`);
      waiting.delete(jobId);
      job.decision = { decision, atMs: world.atMs, reason };
      if (decision === "Approved") {
        job.phase = "In_Progress";
        held.start(afterApprovalMs);
        return;
      }
      held.drop();
      book.end(job, world.atMs, { status: 403, refusal: new Refusal(403, codes.notApproved, reason) });
    },
  };

  function create({ request }: Change, manner: Manner, job: Job): string | undefined {
    const { inventory, bytesPerSecond } = options;
    const namesInUse = [...[...world.sessions.values()].map(({ name }) => name), ...world.reservedNames];
    const body = parseBody(createBody, request.body);
    const order = toOrder(body, { inventory, criteriaOf: criteriaIn(world), namesInUse, bytesPerSecond });
    if (order.scheduledMs !== undefined) demandFuture(world, order.scheduledMs);
    const carryOut = () => {
      const session = model.create(order);
      job.resourceId = session.id;
      const hiddenMs = temper.msIfStrikes("unlisted-creations", session.name);
      hide(session, world.atMs + hiddenMs);
      return session;
    };
    if (manner.answeredAs === "result") {
      const session = carryOut();
      hide(session, world.atMs + manner.effectMs);
      later(manner.effectMs, () => book.end(job, world.atMs, { status: 201 }));
      return session.id;
    }
    world.reservedNames.add(order.name);
    const carryOutLate = () => {
      world.reservedNames.delete(order.name);
      try {
        carryOut();
        book.end(job, world.atMs, { status: 201 });
      } catch (error) {
        // Its start has passed meanwhile.
        if (!(error instanceof Refusal)) throw error;
        book.end(job, world.atMs, { status: error.status, refusal: error });
      }
    };
    const start = (lagMs: number) => later(lagMs, carryOutLate);
    if (manner.answeredAs === "job") start(manner.effectMs);
    else hold(job, start, () => void world.reservedNames.delete(order.name));
    return undefined;
  }

  function changeSession(change: Change, session: ImportSession, manner: Manner, job: Job): undefined {
    const refused = new Refusal(422, codes.wrongState, `Import session ${session.name} does not allow it any more.`);
    const course: Course = {
      lagMs:
        manner.answeredAs === "job that waits"
          ? Number.POSITIVE_INFINITY
          : manner.effectMs || world.timings.actionLagMs,
      error: manner.failsSilently
        ? { code: codes.actionFailed, message: `The operation ${change.name} on ${session.name} has failed.` }
        : undefined,
      ended(outcome) {
        const isDone = outcome === "done";
        book.end(job, world.atMs, isDone ? { status: 204 } : { status: 422, refusal: refused });
      },
    };
    perform(change, session, course);
    if (manner.answeredAs !== "job that waits") return undefined;
    const { pending } = session;
    const start = (lagMs: number) => {
      if (pending !== undefined) session.pending = { ...pending, atMs: world.atMs + lagMs };
    };
    hold(job, start, () => {
      session.pending = undefined;
    });
    return undefined;
  }

  function perform({ name, request: { body } }: Change, session: ImportSession, course: Course): void {
    if (name === "modify") {
      const { scheduled_timestamp: at } = parseBody(modifyBody, body);
      reschedule(world, session, at === undefined ? undefined : Date.parse(at), course);
    } else if (name === "cancel") {
      act(world, session, name, parseBody(cancelBody, body)?.force ?? false, course);
    } else {
      parseBody(noBody, body);
      if (name === "delete") remove(world, session, course);
      else if (name !== "create") act(world, session, name, false, course);
    }
  }

  function hold(job: Job, start: (lagMs: number) => void, drop: () => void): void {
    waiting.set(job.id, { start, drop });
    if (!temper.isUnattended) return;
    later(temper.ms("approvals", job.id), () => {
      if (!waiting.delete(job.id)) return;
      job.decision = { decision: "Approved", atMs: world.atMs, reason: "approved" };
      job.phase = "In_Progress";
      start(afterApprovalMs);
    });
  }

  function later(ms: number, run: () => void): void {
    if (ms > 0) world.coming.add({ atMs: world.atMs + ms, run });
    else run();
  }

  function hide(session: ImportSession, untilMs: number): void {
    for (const one of [session, ...membersOf(world, session)]) options.shown.hideUntil(one.id, untilMs);
  }
}

const afterApprovalMs = 2_000;

function answerTo({ answeredAs, answerMs: lateMs }: Manner, job: Job, createdId: string | undefined): ArrayAnswer {
  if (answeredAs !== "result") return { status: 202, body: { id: job.id } };
  return createdId === undefined ? { status: 204, lateMs } : { status: 201, body: { id: createdId }, lateMs };
}
