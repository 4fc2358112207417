import { resourceNameOf } from "../../core/text/urn.ts";
import type { WireSession } from "../wire.ts";
import { creatorOf, digestOf, markOf, ownershipMark } from "./naming.ts";
import type { ObservedImport } from "./observed.ts";
import type { ImportTarget } from "./target.ts";

/**
 * The mark of somebody else on the session of a resource. A session that carries no mark was made by hand. A mark of another resource of the same stack tells of a
 * rename. Any other mark is a stranger's until the input `sessionId` names the session, which is recorded.
 */
export function strangersMark(session: WireSession | undefined, target: ImportTarget): string | undefined {
  const { urn, inputs, recorded } = target;
  const mark = session === undefined ? undefined : markOf(session);
  if (session === undefined || mark === undefined) return undefined;
  const isAccepted = inputs.sessionId === session.id || recorded?.state.acceptedMark === acceptance(mark, urn);
  return isAccepted || isOfStack(session, mark, target) ? undefined : mark;
}

/** What is recorded of a mark that is not the resource's own: that this stack has accepted it. A copy of the state in another stack has not. */
export function acceptedMark({ session }: ObservedImport, target: ImportTarget): string | undefined {
  const mark = session === undefined ? undefined : markOf(session);
  if (mark === undefined || mark === ownershipMark(target.urn)) return undefined;
  return strangersMark(session, target) === undefined ? acceptance(mark, target.urn) : undefined;
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
