import { isDeepStrictEqual } from "node:util";
import { type Route, route } from "../../../core/preview/route.ts";
import type { Step } from "../../../core/reconcile/step.ts";
import type { Modes } from "../../client.ts";
import { type CopySession, reversedPair } from "../../copy-session.ts";
import type { CommandKind } from "../../job.ts";
import type { Sent } from "../commands/command-log.ts";
import { directionOf } from "../direction.ts";
import { allNamed } from "../naming.ts";
import { equivalent, followingState, isEquivalent, needsForce, statusClassOf, suspended } from "../states.ts";
import type { GroupAction } from "./actions.ts";
import { planGroup } from "./group.ts";
import { type Member, shows } from "./member.ts";
import { nextCommandOf } from "./next-command.ts";
import { type Doubt, type ObservedGroup, planObserved } from "./observed.ts";

/** What the array shows of a group after a step. Undefined where nothing follows, or nobody can tell. */
export function nextGroup(observed: ObservedGroup, step: Step<GroupAction>): ObservedGroup | undefined {
  if (step.kind === "wait") return afterWait(observed);
  if (step.kind !== "act") return undefined;
  return following(observed, ...observed.members.map((member) => afterActions(member, step.actions)));
}

/** The steps of a run that begins there. */
export function routeFrom(observed: ObservedGroup): Route<ObservedGroup, GroupAction> {
  return route({ plan: (at) => planObserved(at, at.readMs), next: nextGroup }, observed, observed.readMs);
}

/** What happens where a condition is not met. None where that is the same, and nothing is sent. */
export function doubtsBetween(condition: string, observed: ObservedGroup, other: ObservedGroup): Doubt[] {
  const legs = routeFrom(other);
  const otherwise = stepOf(legs);
  const isSame = otherwise.kind !== "act" && isDeepStrictEqual(otherwise, stepOf(routeFrom(observed)));
  return isSame ? [] : [{ condition, otherwise, route: legs }];
}

/** A whole route as one step: all that it sends, or where it ends. */
function stepOf(legs: Route<ObservedGroup, GroupAction>): Step<GroupAction> {
  const actions = legs.flatMap(({ step }) => (step.kind === "act" ? step.actions : []));
  const last = legs.at(-1)?.step ?? waitOn;
  return actions.length === 0 ? last : { kind: "act", actions, reason: last.reason };
}

const waitOn: Step<GroupAction> = { kind: "wait", reason: "the run waits until its deadline" };

/** What a member comes to. */
type Outcome =
  | { readonly kind: "certain"; readonly member: Member }
  /** It happens or not: a route follows `member`, and notes where `otherwise` leads. */
  | {
      readonly kind: "command" | "course";
      readonly member: Member;
      /** On what it depends, after one name or several: `starts|start`. */
      readonly verb: string;
      readonly otherwise: Member;
    };

function following(observed: ObservedGroup, ...outcomes: readonly Outcome[]): ObservedGroup {
  const next = { ...observed, members: outcomes.map(({ member }) => member), doubts: [] };
  const open = outcomes.filter((outcome) => outcome.kind !== "certain");
  if (open.length === 0) return next;
  const condition = [...Map.groupBy(open, ({ verb }) => verb)]
    .map(([verb, those]) => conditionOf(verb, ...those.map(({ member }) => member.id)))
    .join(" and ");
  if (open.some(({ kind }) => kind === "course")) {
    return { ...next, doubts: [{ condition, otherwise: waitOn, route: [] }] };
  }
  const others = outcomes.map((outcome) => (outcome.kind === "certain" ? outcome.member : outcome.otherwise));
  return { ...next, doubts: doubtsBetween(condition, next, { ...next, members: others }) };
}

/** Whoever is to be suspended by force later may have become equivalent by then: force is then not used. */
function doubtingForce(observed: ObservedGroup): ObservedGroup {
  const step = planGroup(observed.members, observed.readMs);
  const isSent = step.kind === "act" && step.actions.some((action) => action.kind === "suspend" && action.force);
  if (!isSent) return observed;
  const forced: number[] = [];
  const members = observed.members.map((member) => {
    if (member.session === undefined || !needsForce(member.session, member.goal.target)) return member;
    forced.push(member.id);
    return { ...member, session: equivalent(member.session) };
  });
  const condition = conditionOf("is|are not yet equivalent then", ...forced);
  const doubts = doubtsBetween(condition, { ...observed, doubts: [] }, { ...observed, doubts: [], members });
  return { ...observed, doubts: [...(observed.doubts ?? []), ...doubts] };
}

function conditionOf(verb: string, ...ids: readonly number[]): string {
  return `${allNamed(ids)} ${verb.replace(/(\w+)\|(\w+)/g, ids.length === 1 ? "$1" : "$2")}`;
}

function afterActions(member: Member, actions: readonly GroupAction[]): Outcome {
  const { session, goal } = member;
  const action = actions.find(({ ids }) => ids.some((id) => id === member.id));
  if (action === undefined || session === undefined) return { kind: "certain", member };
  if (action.kind === "suspend" && statusClassOf(session, goal.target) === "stack force") {
    const verb = "is|are suspended by force, or becomes|become equivalent meanwhile";
    return {
      kind: "command",
      member: { ...member, sent: tried, isOurs: true },
      verb,
      otherwise: { ...member, sent: rejected },
    };
  }
  const isOurs = action.kind === "suspend" || member.isOurs === true;
  return {
    kind: "certain",
    member: carriedOut(
      { ...member, sent: undefined, isOurs },
      session,
      action.kind,
      action.kind === "modify" ? action.modes : {},
    ),
  };
}

/** What a forced suspend in Stack mode is rejected for, where force does not lift the need of equivalence. */
const notEquivalent = { code: "5201", message: "" };
const tried: Sent = { kind: "unclear", command: "suspend", untilMs: Number.POSITIVE_INFINITY, failure: notEquivalent };
const rejected: Sent = { kind: "failed", command: "suspend", failure: notEquivalent, againMs: 0 };

/** First commands end that the array judges by what is shown now, then comes what is certain; what may come at any time or never counts only if it leads to a command. */
function afterWait(observed: ObservedGroup): ObservedGroup | undefined {
  const { members, readMs, doubts = [] } = observed;
  if (doubts.length > 1) return { ...observed, doubts: doubts.slice(1) };
  const coming = members.map((member) => {
    return nextCommandOf(member, readMs).kind === "moving" ? whenOver(member, members) : undefined;
  });
  const kind = (["command", "certain", "course"] as const).find((one) => coming.some((next) => next?.kind === one));
  if (kind === undefined) return undefined;
  const outcomes = members.map((member, index): Outcome => {
    const outcome = coming[index];
    return outcome?.kind === kind ? outcome : { kind: "certain", member };
  });
  const next = following(observed, ...outcomes);
  return kind === "course" && stepOf(routeFrom(next)).kind !== "act" ? undefined : doubtingForce(next);
}

/** A member once what it waits for is over. */
function whenOver(member: Member, members: readonly Member[]): Outcome | undefined {
  const { session, sent, goal } = member;
  if (session === undefined) return undefined;
  const over = { ...member, sent: undefined };
  if (sent === undefined) {
    const next = followingState(session);
    if (next === undefined) return undefined;
    const later = { ...member, session: next.session };
    if (next.isCertain) return { kind: "certain", member: later };
    const verb = isEquivalent(next.session) ? "becomes|become equivalent" : "starts|start";
    return { kind: "course", verb, member: later, otherwise: member };
  }
  if (sent.kind === "failed" || shows(sent.command, member)) return { kind: "certain", member: over };
  const done = carriedOut(over, session, sent.command, goal.modes);
  if (sent.kind === "unclear" && sent.failure !== undefined) {
    const otherwise = { ...member, session: equivalent(session), sent: rejected };
    return { kind: "command", verb: "is|are suspended by force", member: done, otherwise };
  }
  if (isTaken(session, sent, members)) return { kind: "certain", member: done };
  const by = sent.kind === "under way" ? `job ${sent.jobId}` : "its job";
  return { kind: "command", verb: `is|are not ${participles[sent.command]} by ${by}`, member: over, otherwise: done };
}

const participles = { suspend: "suspended", resume: "resumed", reverse: "reversed", modify: "changed" } as const;

/** Whether the array certainly carries out a command under way, by what it shows now (RESTful API reference, Suspending Multiple REC Sessions and its neighbours). */
function isTaken(session: CopySession, sent: Exclude<Sent, { kind: "failed" }>, members: readonly Member[]): boolean {
  if (sent.command !== "suspend") return session.status === "Suspend" && !session.isSuspending;
  if (session.isSuspending) return true;
  // Another concurrent suspend would be rejected.
  if (members.some((other) => other.session?.isSuspending === true)) return false;
  const isForced = sent.kind === "under way" && sent.force === true;
  const statusClass = statusClassOf(session, isForced ? "Suspend by force" : "Suspend");
  return statusClass === "suspend" || statusClass === "force";
}

/** A member once a command for it is carried out. */
function carriedOut(member: Member, session: CopySession, command: CommandKind, modes: Modes): Member {
  const lastCopied = command === "resume" ? directionOf(session.pair) : member.lastCopied;
  return { ...member, lastCopied, session: afterCommand(session, command, modes) };
}

/** A session once a command for it is carried out. After a resume the destination is copied to again. */
function afterCommand(session: CopySession, command: CommandKind, modes: Modes): CopySession {
  switch (command) {
    case "suspend":
      return suspended(session);
    case "resume":
      return { ...session, status: "Active", phase: "Copying", isSuspending: false, progress: undefined };
    case "reverse":
      return { ...session, pair: reversedPair(session.pair) };
    case "modify":
      return {
        ...session,
        transferMode: modes.transferMode ?? session.transferMode,
        // The way out of Synchronous mode makes the split mode Manual (RESTful API reference, Modifying REC Session).
        splitMode:
          (modes.transferMode ?? "Synchronous") === "Synchronous" ? (modes.splitMode ?? session.splitMode) : "Manual",
        recoveryMode: modes.recoveryMode ?? session.recoveryMode,
      };
  }
}
