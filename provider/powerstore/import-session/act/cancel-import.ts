import { MigrationError } from "../../../core/errors.ts";
import type { Confirm } from "../../../core/http/exchange.ts";
import { pollIntervalMs } from "../../../core/reconcile/pause.ts";
import { reconcile } from "../../../core/reconcile/reconcile.ts";
import type { Reconciler } from "../../../core/reconcile/reconciler.ts";
import type { Run } from "../../../core/reconcile/run.ts";
import { type StallLimits, stallLimitsOf } from "../../../core/reconcile/stall.ts";
import type { Step } from "../../../core/reconcile/step.ts";
import type { PowerStoreArray } from "../../connect.ts";
import type { WireSession } from "../../wire.ts";
import type { ImportSessionInputs } from "../inputs.ts";
import { observeById } from "../observe/find.ts";
import { confirmSameArray } from "../observe/same-array.ts";
import { type CancelAction, dedupeKeyOf } from "../plan/actions.ts";
import { planCancelling, type SentCancels } from "../plan/cancel.ts";
import type { ObservedImport } from "../plan/forward.ts";
import type { RecordedImport } from "../recorded.ts";
import { withdrawText } from "./progress.ts";
import { movementOf, shownText } from "./progress-marker.ts";
import { lostAnswerGraceMs } from "./recent-cutovers.ts";

/** Cancels a session that is not over, waits until the array has done so, and removes the record if this program made it. */
export async function cancelImport(
  array: PowerStoreArray,
  inputs: ImportSessionInputs,
  recorded: RecordedPlace,
  run: Run,
): Promise<void> {
  const noneSent = { sent: {}, hasSeen: false, cancelledFrom: undefined, cleanedFrom: undefined };
  await reconcile(settlingOf({ array, inputs, recorded, run, ...noneSent }), run);
}

type RecordedPlace = Pick<RecordedImport, "sessionId" | "adopted" | "endpoint">;

/** A run under way: what it goes by, and what it has sent and seen so far. */
interface TakingBack {
  readonly array: PowerStoreArray;
  readonly inputs: ImportSessionInputs;
  readonly recorded: RecordedPlace;
  readonly run: Run;
  sent: SentCancels;
  hasSeen: boolean;
  /** The session as it was when the last cancel was sent. */
  cancelledFrom: WireSession | undefined;
  /** The same of the cleanup. */
  cleanedFrom: WireSession | undefined;
}

function settlingOf(way: TakingBack): Reconciler<ObservedImport, CancelAction> {
  const { array, inputs, recorded, run } = way;
  return {
    attempted: `take back import session ${recorded.sessionId}`,
    on: array.title,
    lostAnswerGraceMs,
    async observe(signal) {
      const observed = await observeById(array, recorded.sessionId, signal);
      if (observed.session === undefined && !way.hasSeen) confirmSameArray(array, recorded);
      way.hasSeen = true;
      return observed;
    },
    plan(observed) {
      const { forceCancel: forceAtOnce = false, forceCancelAfter: forceAfterMs } = inputs;
      const { sent } = way;
      const nowMs = run.clock.nowMs();
      return planCancelling({ ownsRecord: !recorded.adopted, forceAtOnce, forceAfterMs, sent, nowMs }, observed);
    },
    dedupeKey: dedupeKeyOf,
    send: (act, observed, confirm) => send(way, act, observed, confirm),
    pollIntervalMs: (_, looks) => pollIntervalMs(array.settings, looks, undefined),
    // The state changes with the answer.
    showsAfterMs: 0,
    waitForNextPoll: array.polls.waitForNextPoll,
    semaphore: array.semaphore,
    onStep: (observed, step) => takeNote(way, observed, step),
    shown: shownText,
    progressMarker: (observed) => movementOf(observed, array.nowMs()),
    stallLimits: afterForce(stallLimitsOf(array.settings), inputs),
  };
}

async function send(way: TakingBack, act: CancelAction, observed: ObservedImport, confirm: Confirm): Promise<void> {
  const { client } = way.array;
  switch (act.name) {
    case "cancel":
      return cancel(way, act, observed, confirm);
    case "cleanup":
      way.cleanedFrom = observed.session;
      return client.act(act.sessionId, act.name, confirm);
    case "remove":
      return client.removeSession(act.sessionId, confirm);
  }
}

async function cancel(
  way: TakingBack,
  { sessionId, force }: CancelAction & { readonly name: "cancel" },
  { session }: ObservedImport,
  confirm: Confirm,
): Promise<void> {
  if (force) way.run.warn("force cancel: no rollback if the source or the hosts cannot be reached");
  way.cancelledFrom = session;
  try {
    await way.array.client.cancel(sessionId, force, confirm);
    const taken = force ? { forced: true } : { gracefulAtMs: way.run.clock.nowMs() };
    way.sent = { ...way.sent, ...taken, moved: false, leftState: false };
  } catch (error) {
    if (!(error instanceof MigrationError) || error.kind !== "refused") throw error;
    // Whether a refused cancel ends the run is the plan's to say: force may be allowed.
    const before = force ? way.sent.forcedRefusal : way.sent.gracefulRefusal;
    const [state, atMs] = [session?.state ?? "", way.run.clock.nowMs()];
    const sinceMs = before?.state === state ? before.sinceMs : atMs;
    const refused = { state, text: error.answered, sinceMs, atMs };
    way.sent = { ...way.sent, ...(force ? { forcedRefusal: refused } : { gracefulRefusal: refused }) };
  }
}

function takeNote(way: TakingBack, observed: ObservedImport, step: Step<CancelAction>): void {
  const { run, cancelledFrom, cleanedFrom } = way;
  const { session } = observed;
  run.progress(...withdrawText(observed, step));
  if (hasMovedFrom(cancelledFrom, session)) way.sent = { ...way.sent, moved: true };
  if (hasLeftState(cancelledFrom, session)) way.sent = { ...way.sent, leftState: true };
  if (hasMovedFrom(cleanedFrom, session)) way.sent = { ...way.sent, cleanedUp: true };
  if (way.sent.moved === true && session?.state === "Failed") {
    run.warn("the cancel ended as Failed, not Cancelled: check that the hosts use the source volume again");
  }
  // A cancel that an earlier run sent, or whose answer was lost, counts from when it is first seen at work.
  if (session?.state === "Cancel_In_Progress") way.sent = { gracefulAtMs: run.clock.nowMs(), ...way.sent };
}

function hasMovedFrom(before: WireSession | undefined, now: WireSession | undefined): boolean {
  if (before === undefined) return false;
  return hasLeftState(before, now) || now?.last_update_timestamp !== before.last_update_timestamp;
}

function hasLeftState(before: WireSession | undefined, now: WireSession | undefined): boolean {
  return before !== undefined && now?.state !== before.state;
}

/** A declared force comes before the run gives up. */
function afterForce(limits: StallLimits, { forceCancelAfter = 0 }: ImportSessionInputs): StallLimits {
  const { warningMs, failureMs } = limits;
  return { warningMs, failureMs: failureMs === undefined ? undefined : failureMs + forceCancelAfter };
}
