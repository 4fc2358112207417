import type { Step } from "../../../core/reconcile/step.ts";
import type { WireSession } from "../../wire.ts";
import { type ImportSessionState, type ImportType, isKnownState, type TargetState, targetStates } from "../states.ts";
import { forwardMoves } from "../way-forward.ts";
import type { ForwardAction } from "./actions.ts";
import { failureReason, remedyFor } from "./dead-end.ts";

/** What the way forward is decided by, besides what is observed. */
export interface Forward {
  readonly targetState: TargetState;
  /** Keeps the copy paused (true) or going (false); undefined leaves a pause of somebody else alone. */
  readonly paused: boolean | undefined;
  /** What the people at the hosts have done; agentless imports only. */
  readonly sourceStopped: boolean;
  readonly destinationStarted: boolean;
  /** Why the cutover may not be sent now; undefined when it may. */
  readonly shutGate: string | undefined;
  /** The start that is declared, in milliseconds since the epoch. */
  readonly scheduledMs: number | undefined;
  /** Whether the array cuts over by itself. */
  readonly automaticCutover: boolean;
  /** Whether another resource cuts the session over, and tells what becomes of that. */
  readonly isCutOverElsewhere: boolean;
  /** Whether this run is to make the session: none is recorded yet. */
  readonly mayCreate: boolean;
  /** The states from which this run has cut over and which the session has left since: none is cut over from twice. */
  readonly cutOverFrom: readonly string[];
}

/** A session and, for a consistency group, the sessions of its members. */
export interface ObservedImport {
  readonly session: WireSession | undefined;
  readonly members: readonly WireSession[];
  /** What else is seen that keeps the cutover from being sent now. */
  readonly unready?: string | undefined;
}

/** What to do next to bring a session forward. */
export function planForward(forward: Forward, observed: ObservedImport): Step<ForwardAction> {
  const { session, members } = observed;
  if (session === undefined) return forward.mayCreate ? act({ name: "create" }, "creating the session") : gone;
  if (forward.mayCreate && (session.state === "Failed" || session.state === "Cancelled")) {
    return act({ name: "remove", sessionId: session.id }, "removing what is left of an earlier attempt");
  }
  if (session.state === "In_Progress" && members.length > 0) return planMembers(forward, session, members);
  return planOne(forward, session, members);
}

function planOne(forward: Forward, session: WireSession, members: readonly WireSession[]): Step<ForwardAction> {
  const { id: sessionId, state } = session;
  if (!isKnownState(state))
    return { kind: "wait", reason: `the array reports the state "${state}", which this release does not know` };
  if (forward.isCutOverElsewhere && partlyCutOver.includes(state)) return { kind: "settled", reason: state };
  if (mustReschedule(forward, session)) return act({ name: "reschedule", sessionId }, "moving the scheduled start");
  const isAgentless = session.type === agentless;
  const move = forwardMoves[state][targetStates.indexOf(forward.targetState)] ?? "stuck";
  switch (move) {
    case "wait":
      return { kind: "wait", reason: working[state] ?? state };
    case "settled":
      return { kind: "settled", reason: state };
    case "enable":
      if (!isAgentless) return { kind: "wait", reason: "setting up the mirror" };
      if (!forward.sourceStopped) return { kind: "held", reason: hostWork.sourceStopped };
      return act({ name: "enable_destination_volume", sessionId }, "enabling the destination volume");
    case "start":
      if (!isAgentless) return { kind: "wait", reason: "starting the copy" };
      if (!forward.destinationStarted) return { kind: "held", reason: hostWork.destinationStarted };
      return act({ name: "start_copy", sessionId }, "starting the copy");
    case "copy":
      return forward.paused
        ? act({ name: "pause", sessionId }, "pausing the copy")
        : { kind: "wait", reason: "copying" };
    case "resume":
      if (forward.paused === undefined) return pausedByOthers;
      return forward.paused ? pausedAsDeclared : act({ name: "resume", sessionId }, "resuming the copy");
    case "cutover":
      if ((forward.automaticCutover || session.automatic_cutover === true) && state === "Ready_For_Cutover")
        return { kind: "wait", reason: "waiting for the automatic cutover" };
      if (forward.paused) return pausedAsDeclared;
      if (forward.shutGate !== undefined) return { kind: "held", reason: forward.shutGate };
      if (forward.cutOverFrom.includes(state))
        return { kind: "stuck", reason: `after the cutover ${failureReason(session, members)}`, next: cutOverAgain };
      return act(
        { name: "cutover", sessionId, from: state },
        state === "Ready_For_Cutover" ? "cutting over" : "cutting over the members that are left",
      );
    case "stuck":
      return { kind: "stuck", reason: failureReason(session, members), next: remedyFor(state) };
  }
}

/**
 * While a consistency group is at work its own state stays In_Progress, and what a person would do is done member by member: the group is as far as
 * its members. Pausing and cutting over belong to the group.
 */
function planMembers(forward: Forward, group: WireSession, members: readonly WireSession[]): Step<ForwardAction> {
  const targetState = forward.targetState === "Import_Completed" ? "Ready_For_Cutover" : forward.targetState;
  const steps = members.map((member) => planOne({ ...forward, targetState, scheduledMs: undefined }, member, []));
  const arrived = steps.filter((step) => step.kind === "settled").length;
  const howMany = `${arrived} of ${members.length} members there`;
  const failed = members.find((_, index) => steps[index]?.kind === "stuck");
  // A member that failed is the group's to report: it rolls the others back and then says so itself. Until then nothing is sent, and nothing is held.
  if (failed !== undefined) {
    const stage = `member ${failed.id} is ${failed.state}`;
    return { kind: "wait", reason: `${stage} (${howMany})`, stage };
  }

  const acting = steps.flatMap((step) => (step.kind === "act" ? [step] : []));
  const toMembers = acting.filter((step) => !isPause(step));
  const [first] = toMembers;
  if (first !== undefined) {
    const acts = toMembers.flatMap((step) => step.actions);
    return { kind: "act", actions: acts, reason: `${first.reason} (${acts.length} of ${members.length} members)` };
  }
  if (acting.length > 0) return planGroupPause(group, members);
  const atWork = steps.find((step) => step.kind === "wait");
  const held = steps.find((step) => step.kind === "held");
  if (atWork === undefined && held !== undefined) return held;
  if (arrived === members.length && targetState !== "Ready_For_Cutover")
    return { kind: "settled", reason: `all members at ${targetState}` };
  const stage = atWork?.reason ?? "waiting for the group";
  return { kind: "wait", reason: `${stage} (${howMany})`, stage };
}

/** A group is paused as a whole, once all of its members copy or have copied. */
function planGroupPause(group: WireSession, members: readonly WireSession[]): Step<ForwardAction> {
  const canPause = members.every(({ state }) => state === "Copy_In_Progress" || state === "Ready_For_Cutover");
  if (canPause) return act({ name: "pause", sessionId: group.id }, "pausing the copy");
  return { kind: "wait", reason: "waiting for all members to copy before the group is paused" };
}

function isPause(step: { readonly actions: readonly ForwardAction[] }): boolean {
  return step.actions.some(({ name }) => name === "pause");
}

function mustReschedule(forward: Forward, session: WireSession): boolean {
  if (session.state !== "Scheduled" || forward.scheduledMs === undefined) return false;
  return Date.parse(session.scheduled_timestamp ?? "") !== forward.scheduledMs;
}

function act(one: ForwardAction, reason: string): Step<ForwardAction> {
  return { kind: "act", actions: [one], reason };
}

/** Where a cutover that did not wholly succeed leaves a session: its copy is done all the same. */
const partlyCutOver: readonly ImportSessionState[] = ["Import_Cutover_Incomplete", "Import_Completed_With_Errors"];

const agentless: ImportType = "Agentless";

/** What a person has to do at the hosts before an agentless import may go on (PowerStore import guide, agentless import). */
export const hostWork = {
  sourceStopped: "held: stop the application on the source, then set hostSteps.sourceStopped to true",
  destinationStarted:
    "held: start the application on the destination volume, then set hostSteps.destinationStarted to true",
} as const;

const cutOverAgain =
  "Look at what it names and at the alerts of the array, then run `pulumi up` to cut over again, or destroy the resource to cancel what is left.";

const pausedAsDeclared: Step<ForwardAction> = {
  kind: "held",
  reason: "held: paused as declared; set paused to false to go on",
};

const pausedByOthers: Step<ForwardAction> = {
  kind: "held",
  reason: "held: paused on the array; set paused to false to resume the copy",
};

const gone: Step<ForwardAction> = {
  kind: "stuck",
  reason: "the session does not exist any more",
  next: "Run `pulumi refresh` to take note of it, then `pulumi up`.",
};

const working: Partial<Record<ImportSessionState, string>> = {
  Scheduled: "scheduled",
  Queued: "queued: the array runs as many imports as it can",
  In_Progress: "setting up",
  Cutover_In_Progress: "cutting over",
  Cancel_In_Progress: "being cancelled",
  Cleanup_In_Progress: "being rolled back",
};
