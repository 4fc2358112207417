import { isDeepStrictEqual } from "node:util";
import type { Foreseen, Moment, Step } from "../../../core/reconcile/step.ts";
import type { WireSession } from "../../wire.ts";
import { consents } from "../inputs.ts";
import { isLeftover, type ObservedImport } from "../observed.ts";
import type { ImportTarget } from "../target.ts";
import type { ImportAction } from "./actions.ts";
import { actOn, planSession, settledAt, stuckAt } from "./forward.ts";
import { type ForwardGoal, goalOf } from "./goal.ts";
import { isGroupAtWork, planGroup } from "./group.ts";

/** What to do next to bring an import forward. Where that depends on what is not known, the plan forks. */
export function planImport(target: ImportTarget, observed: ObservedImport, moment: Moment): Foreseen<ImportAction> {
  const { goal, doubts } = goalOf(target, observed, moment);
  const then = planStep(goal, observed);
  const relevant = doubts.filter(({ shut }) => !isDeepStrictEqual(planStep(shut(goal), observed), then));
  if (relevant.length === 0) return then;
  const shut = relevant.reduce((open, doubt) => doubt.shut(open), goal);
  return {
    kind: "fork",
    condition: relevant.map(({ when }) => when).join(" and "),
    step: then,
    otherwise: planStep(shut, observed),
  };
}

/** What to do next towards a goal in which nothing is doubtful. */
export function planStep(goal: ForwardGoal, observed: ObservedImport): Step<ImportAction> {
  const { session, run } = observed;
  const importedBy = observed.importedBy ?? goal.importedBefore;
  if (session === undefined) {
    if (run.sessionId === undefined && importedBy !== undefined && !consents(goal, importedBy))
      return importedBefore(importedBy);
    if (run.sessionId === undefined) return actOn({ kind: "create", startMs: goal.scheduledMs });
    // What this run has cut over may be cleared away while it still reads.
    const over = goal.mayBeGone ?? run.cutOver?.from;
    return over === undefined ? gone : settledAt(over, false);
  }
  if (isLeftover(run, session)) return leftover(goal, session, observed);
  return isGroupAtWork(observed) ? planGroup(goal, session, observed) : planSession(goal, session, observed);
}

/** A failed attempt of the same resource that no record names. */
function leftover(goal: ForwardGoal, session: WireSession, observed: ObservedImport): Step<ImportAction> {
  const { id: sessionId } = session;
  if (consents(goal, sessionId)) return actOn({ kind: "remove", sessionId });
  const left = stuckAt(goal, session, observed);
  return { ...left, reason: `an earlier run of this resource has left session ${sessionId}: ${left.reason}` };
}

/** A new session would copy a stale source over what was written to the destination since. */
function importedBefore(sessionId: string): Step<ImportAction> {
  return {
    kind: "stuck",
    reason: `session ${sessionId} has imported this source already, so the source is stale`,
    next: `Take the resource out of the program. To import the source again all the same, set copyAgain: "${sessionId}".`,
  };
}

const gone: Step<ImportAction> = {
  kind: "stuck",
  reason: "the session does not exist any more",
  next: "Run `pulumi refresh` to record that, then `pulumi up`.",
};
