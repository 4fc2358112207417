import { resourceNameOf } from "../../core/text/urn.ts";
import type { WireSession } from "../wire.ts";
import { creatorOf, digestOf, markOf, ownershipMark } from "./naming.ts";
import type { ObservedImport } from "./observed.ts";
import type { ImportTarget } from "./target.ts";

/**
 * The mark of somebody else on the session of a resource. A session that carries no mark was made by hand. A mark of another resource of the same stack tells of a
 * rename. Any other mark is a stranger's until the input `sessionId` names the session for the first time in this stack, which is recorded.
 */
export function strangersMark(session: WireSession | undefined, target: ImportTarget): string | undefined {
  const mark = session === undefined ? undefined : markOf(session);
  if (session === undefined || mark === undefined) return undefined;
  const isAccepted = target.recorded?.state.acceptedMark === acceptance(mark, target.urn);
  return isAccepted || isNamedFirst(session, target) || isOfStack(session, mark, target) ? undefined : mark;
}

/** Whether the program names the session now and did not before. A copy of a state copies what was named before. */
function isNamedFirst({ id }: WireSession, { urn, inputs, recorded, operation }: ImportTarget): boolean {
  if (inputs.sessionId !== id) return false;
  if (recorded === undefined || (operation.kind === "update" && operation.before.sessionId !== id)) return true;
  // A release before 0.2 recorded nothing of it.
  return recorded.state.acceptedMark === undefined && (recorded.urn === undefined || isSameStack(recorded.urn, urn));
}

/** What is recorded of a mark that is not the resource's own: that this stack has accepted it, or `none`. A copy of the state in another stack has not accepted it. */
export function acceptedMark({ session }: ObservedImport, target: ImportTarget): string | undefined {
  const mark = session === undefined ? undefined : markOf(session);
  if (mark === undefined || mark === ownershipMark(target.urn)) return undefined;
  return strangersMark(session, target) === undefined ? acceptance(mark, target.urn) : "none";
}

/** A resource that was renamed knows its session by its former URN, or by the session's name. */
function isOfStack(session: WireSession, mark: string, { urn, recorded }: ImportTarget): boolean {
  if (mark === ownershipMark(urn) || creatorOf(session, urn) !== undefined) return true;
  const before = recorded?.urn;
  return before !== undefined && isSameStack(before, urn) && mark === ownershipMark(before);
}

function isSameStack(one: string, other: string): boolean {
  const [before, now] = [resourceNameOf(one), resourceNameOf(other)];
  return before.stack === now.stack && before.project === now.project;
}

function acceptance(mark: string, urn: string): string {
  const { project, stack } = resourceNameOf(urn);
  return digestOf([project, stack, mark]);
}
