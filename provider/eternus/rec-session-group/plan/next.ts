import type { Step } from "../../../core/reconcile/step.ts";
import type { Modes } from "../../client.ts";
import { type CopySession, reversedPair } from "../../copy-session.ts";
import type { CommandKind } from "../../job.ts";
import { allNamed } from "../naming.ts";
import { followingState, suspended } from "../states.ts";
import type { GroupAction } from "./actions.ts";
import { planGroup } from "./group.ts";
import { type Member, shows } from "./member.ts";
import { nextCommandOf } from "./next-command.ts";
import type { ObservedGroup } from "./observed.ts";

/** What the array shows of a group after a step. Undefined where nothing follows, or nobody can tell. */
export function nextGroup(observed: ObservedGroup, step: Step<GroupAction>): ObservedGroup | undefined {
  switch (step.kind) {
    case "act":
      return {
        ...observed,
        doubt: undefined,
        members: observed.members.map((member) => afterActions(member, step.actions)),
      };
    case "wait":
      return afterWait({ ...observed, doubt: undefined });
    case "settled":
    case "held":
    case "stuck":
      return undefined;
  }
}

function afterActions(member: Member, actions: readonly GroupAction[]): Member {
  const action = actions.find(({ ids }) => ids.some((id) => id === member.id));
  if (action === undefined || member.session === undefined) return member;
  const modes = action.kind === "modify" ? action.modes : {};
  return { ...member, sent: undefined, session: afterCommand(member.session, action.kind, modes) };
}

/** What is certain to come comes first; what may come only if it leads to a command. */
function afterWait(observed: ObservedGroup): ObservedGroup | undefined {
  const coming = observed.members.map((member) => {
    const isMoving = nextCommandOf(member, observed.readMs).kind === "moving";
    return { member, later: isMoving ? whenOver(member) : undefined };
  });
  const isAnyCertain = coming.some(({ later }) => later?.isCertain === true);
  const members = coming.map(({ member, later }) => {
    return later === undefined || later.isCertain !== isAnyCertain ? member : later.member;
  });
  if (isAnyCertain) return { ...observed, members };
  const ids = coming.flatMap(({ member, later }) => (later === undefined ? [] : [member.id]));
  if (ids.length === 0 || planGroup(members, observed.readMs).kind !== "act") return undefined;
  const condition = `${allNamed(ids)} become${ids.length === 1 ? "s" : ""} equivalent`;
  return { ...observed, members, doubt: { condition, otherwise: waitOn, members: observed.members } };
}

const waitOn: Step<GroupAction> = { kind: "wait", reason: "the run waits until its deadline" };

/** A member once what it waits for is over. */
function whenOver(member: Member): { readonly member: Member; readonly isCertain: boolean } | undefined {
  const { session, sent, goal } = member;
  if (session === undefined) return undefined;
  if (sent !== undefined) {
    const isOver = sent.kind === "failed" || shows(sent.command, member);
    const after = isOver ? session : afterCommand(session, sent.command, goal.modes);
    return { member: { ...member, sent: undefined, session: after }, isCertain: true };
  }
  const following = followingState(session);
  return following && { member: { ...member, session: following.session }, isCertain: following.isCertain };
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
        splitMode: modes.splitMode ?? session.splitMode,
        recoveryMode: modes.recoveryMode ?? session.recoveryMode,
      };
  }
}
