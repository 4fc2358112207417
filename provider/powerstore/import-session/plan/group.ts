import type { Step } from "../../../core/reconcile/step.ts";
import type { WireSession } from "../../wire.ts";
import type { ObservedImport } from "../observed.ts";
import type { ImportAction } from "./actions.ts";
import { actOn, isPassing, planSession } from "./forward.ts";
import type { ForwardGoal } from "./goal.ts";
import { type GateAhead, heldAt, hostWork } from "./held.ts";

/** Whether a session is a consistency group at work: its own state stays In_Progress, and the group is as far as its members. */
export function isGroupAtWork({ session, members }: ObservedImport): boolean {
  return session?.state === "In_Progress" && members.length > 0;
}

/** What to do next for a group at work: what a person would do is done member by member. Pausing and cutting over belong to the group. */
export function planGroup(goal: ForwardGoal, group: WireSession, { members, run }: ObservedImport): Step<ImportAction> {
  const targetState = goal.targetState === "Import_Completed" ? "Ready_For_Cutover" : goal.targetState;
  const own = { ...goal, targetState, scheduledMs: undefined, ahead: [] };
  const steps = members.map((member) => planSession(own, member, { members: [], run }));
  const arrived = steps.filter((step) => step.kind === "settled").length;
  const howMany = `${arrived} of ${members.length} members there`;
  const failed = members.find((_, index) => steps[index]?.kind === "stuck");
  // A member that failed is the group's to report: it rolls the others back and then says so itself. Until then nothing is sent, and nothing is held.
  if (failed !== undefined) return waitFor(`member ${failed.id} is ${failed.state}`, howMany);

  const acting = steps.flatMap((step) => (step.kind === "act" ? [step] : []));
  const onMembers = acting.filter((step) => !step.actions.some(({ kind }) => kind === "pause"));
  const [first] = onMembers;
  if (first !== undefined) {
    const actions = onMembers.flatMap((step) => step.actions);
    return { kind: "act", actions, reason: `${first.reason} (${actions.length} of ${members.length} members)` };
  }
  if (acting.length > 0) {
    // A group is paused as a whole, once all of its members copy or have copied.
    const canPause = members.every(({ state }) => state === "Copy_In_Progress" || state === "Ready_For_Cutover");
    if (canPause) return actOn({ kind: "pause", sessionId: group.id });
    return { kind: "wait", reason: "waiting for all members to copy before the group is paused" };
  }
  const atWork = steps.find((step) => step.kind === "wait");
  const held = new Set(steps.flatMap((step) => (step.kind === "held" ? [step.reason] : [])));
  if (atWork === undefined && held.size > 0) return groupHeld(held, goal.ahead);
  if (arrived === members.length && targetState !== "Ready_For_Cutover") {
    const rests = members.some((member) => isPassing(member, false)) ? undefined : targetState;
    return { kind: "settled", reason: `all members at ${targetState}`, rests };
  }
  return waitFor(atWork?.reason ?? "waiting for the group", howMany);
}

/** Members may be held at different places. What is further on is told once, from the first of them. */
function groupHeld(held: ReadonlySet<string>, ahead: readonly GateAhead[]): Step<ImportAction> {
  const place = (["sourceStopped", "destinationStarted"] as const).find((one) => held.has(hostWork[one])) ?? "paused";
  return heldAt(
    place,
    [...held],
    ahead.filter(({ reason }) => !held.has(reason)),
  );
}

function waitFor(stage: string, howMany: string): Step<ImportAction> {
  return { kind: "wait", reason: `${stage} (${howMany})`, stage };
}
