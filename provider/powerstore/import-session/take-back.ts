import { MigrationError } from "../../core/errors.ts";
import { paceMs } from "../../core/pace.ts";
import type { Run } from "../../core/run.ts";
import { settle } from "../../core/settle.ts";
import type { Confirm } from "../client.ts";
import type { PowerStoreArray } from "../connect.ts";
import type { WireSession } from "../wire.ts";
import { type BackAct, opportunityOf } from "./acts.ts";
import { observeById } from "./find.ts";
import type { ObservedImport } from "./forward.ts";
import type { ImportSessionInputs } from "./inputs.ts";
import { lostAnswerGraceMs } from "./recent-cutovers.ts";
import { confirmSameArray } from "./same-array.ts";
import type { RecordedImport } from "./state.ts";
import { planWithdraw, type SentCancels } from "./withdraw.ts";

/** Cancels a session that is not over, waits until the array has done so, and removes the record if this program made it. */
export async function takeBack(
  array: PowerStoreArray,
  inputs: ImportSessionInputs,
  recorded: Pick<RecordedImport, "sessionId" | "adopted" | "endpoint">,
  run: Run,
): Promise<void> {
  let sent: SentCancels = {};
  let hasSeen = false;
  let cancelledFrom: WireSession | undefined;
  let cleanedFrom: WireSession | undefined;

  const cancel = async (act: BackAct & { readonly name: "cancel" }, observed: ObservedImport, confirm: Confirm) => {
    if (act.force) run.warn("force cancel: no rollback if the source or the hosts cannot be reached");
    cancelledFrom = observed.session;
    try {
      await array.client.cancel(act.sessionId, act.force, confirm);
      sent = act.force
        ? { ...sent, forced: true, moved: false }
        : { ...sent, gracefulAtMs: run.clock.nowMs(), moved: false };
    } catch (error) {
      if (!(error instanceof MigrationError) || error.kind !== "refused") throw error;
      // Whether a refused cancel ends the run is the plan's to say: force may be allowed.
      const refused = { state: observed.session?.state ?? "", text: error.answered };
      sent = act.force ? { ...sent, forcedRefusal: refused } : { ...sent, gracefulRefusal: refused };
    }
  };

  await settle<ObservedImport, BackAct>(
    {
      attempted: `take back import session ${recorded.sessionId}`,
      on: array.title,
      lostAnswerGraceMs,
      async observe(signal) {
        const observed = await observeById(array, recorded.sessionId, signal);
        if (observed.session === undefined && !hasSeen) confirmSameArray(array, recorded);
        hasSeen = true;
        return observed;
      },
      plan: (observed) =>
        planWithdraw(
          {
            ownsRecord: !recorded.adopted,
            forceAtOnce: inputs.forceCancel ?? false,
            forceAfterMs: inputs.forceCancelAfter,
            sent,
            nowMs: run.clock.nowMs(),
          },
          observed,
        ),
      opportunity: opportunityOf,
      async act(act, observed, confirm) {
        switch (act.name) {
          case "cancel":
            return cancel(act, observed, confirm);
          case "cleanup":
            cleanedFrom = observed.session;
            return array.client.act(act.sessionId, act.name, confirm);
          case "remove":
            return array.client.removeSession(act.sessionId, confirm);
        }
      },
      paceMs: (_, looks) => paceMs(array.settings, looks, undefined),
      rest: array.watch.rest,
      turns: array.turns,
      onStep({ session }, step) {
        run.progress(step.reason);
        run.debug(`${session?.state ?? "no session"} -> ${step.kind}: ${step.reason}`);
        if (hasMovedFrom(cancelledFrom, session)) sent = { ...sent, moved: true };
        if (hasMovedFrom(cleanedFrom, session)) sent = { ...sent, cleanedUp: true };
        if (cancelledFrom !== undefined && session?.state === "Failed") {
          run.warn("the cancel ended as Failed, not Cancelled: check that the hosts use the source volume again");
        }
        // A cancel that an earlier run sent, or whose answer was lost, counts from when it is first seen at work.
        if (session?.state === "Cancel_In_Progress") sent = { gracefulAtMs: run.clock.nowMs(), ...sent };
      },
    },
    run,
  );
}

function hasMovedFrom(before: WireSession | undefined, now: WireSession | undefined): boolean {
  if (before === undefined) return false;
  return now?.state !== before.state || now.last_update_timestamp !== before.last_update_timestamp;
}
