import { z } from "zod";
import { auditEntry } from "../../core/reconcile/audit-log.ts";
import type { Recorded } from "../../core/resource.ts";
import type { WireSession } from "../wire.ts";
import type { ImportSessionInputs } from "./inputs.ts";
import type { ObservedImport } from "./observed.ts";
import { notObservedYet } from "./states.ts";

const sessionError = z.object({ code: z.string().optional(), message: z.string().optional() });

const memberState = z.object({
  sessionId: z.string(),
  state: z.string(),
  sourceResourceId: z.string().optional(),
  progressPercentage: z.number().optional(),
  error: sessionError.optional(),
});

const cutOver = z.object({
  /** ISO, UTC. */
  at: z.string(),
  /** The array's state from which the cutover was sent. */
  from: z.string().optional(),
  /** Whether this program sent it, or the array was seen past it. */
  by: z.enum(["sent", "seen"]),
});
export type CutOver = z.infer<typeof cutOver>;

/** What is recorded of an import session: the outputs of the resource. Any key may be absent in a state that an older release wrote. */
export const importSessionState = z.object({
  sessionId: z.string().default(""),
  /** PowerStore's own word; a newer array may have one this release does not know. */
  state: z.string().default(notObservedYet),
  adopted: z.boolean().default(false),
  progressPercentage: z.number().optional(),
  estimatedCompletionTimestamp: z.string().optional(),
  averageTransferRate: z.number().optional(),
  currentTransferRate: z.number().optional(),
  destinationResourceId: z.string().optional(),
  destinationResourceType: z.string().optional(),
  parentSessionId: z.string().optional(),
  members: z.array(memberState).optional(),
  error: sessionError.optional(),
  lastUpdateTimestamp: z.string().optional(),
  held: z.string().optional(),
  endpoint: z.string().optional(),
  /** The import's kind as the array has it: an adopted session has no input that says it. */
  sessionType: z.string().optional(),
  /** Whether the array cuts over automatically: as for the kind, an adopted session has no input that says it. */
  cutsOverByItself: z.boolean().optional(),
  /** That this stack has accepted the mark of another resource on the session (`owner.ts`). Recorded only where there is such a mark. */
  acceptedMark: z.string().optional(),
  /** The first cutover. It stays for ever. */
  cutOver: cutOver.optional(),
  actions: z.array(auditEntry).default([]),
});
export type RecordedImport = z.infer<typeof importSessionState>;

/** What is recorded beside what is observed. */
type Kept = Pick<RecordedImport, "adopted" | "actions" | "held" | "cutOver" | "acceptedMark">;

/** The outputs that an observation gives. */
export function recordOf(session: WireSession, { members, endpoint }: ObservedImport, kept: Kept): RecordedImport {
  return {
    sessionId: session.id,
    state: session.state,
    ...kept,
    progressPercentage: session.progress_percentage,
    estimatedCompletionTimestamp: session.estimated_completion_timestamp,
    averageTransferRate: session.average_transfer_rate,
    currentTransferRate: session.current_transfer_rate,
    destinationResourceId: session.destination_resource_id,
    destinationResourceType: session.destination_resource_type,
    parentSessionId: session.parent_session_id,
    members: members.length === 0 ? undefined : members.map(memberOf),
    error: errorOf(session),
    lastUpdateTimestamp: session.last_update_timestamp,
    endpoint,
    sessionType: session.type,
    cutsOverByItself: session.automatic_cutover,
  };
}

/** What people decide on. The copy of a wave leaves it to the other resource of its session. */
export function visibleOf(
  { state, destinationResourceId, error, members = [] }: RecordedImport,
  { wave }: Pick<ImportSessionInputs, "wave">,
): unknown {
  if (wave?.part === "copy") return undefined;
  const ofMembers = members.map((member) => [member.sessionId, member.state]);
  return { state, destinationResourceId, error, members: ofMembers };
}

/** What is recorded between the array's answer that the session is created and the first read of it. */
export function recordOfCreated(sessionId: string, { endpoint }: ObservedImport, kept: Kept): RecordedImport {
  return { sessionId, state: notObservedYet, adopted: kept.adopted, endpoint, actions: kept.actions };
}

/** What was recorded last, as if the array showed it. */
export function assumedOf({ id, state: recorded }: Recorded<RecordedImport>) {
  const type = recorded.sessionType;
  const session: WireSession = {
    id,
    state: recorded.state,
    type,
    destination_resource_type: recorded.destinationResourceType,
    automatic_cutover: recorded.cutsOverByItself,
    error: wireErrorOf(recorded.error),
  };
  const members = (recorded.members ?? []).map((member) => ({
    id: member.sessionId,
    state: member.state,
    type,
    source_resource_id: member.sourceResourceId,
    error: wireErrorOf(member.error),
  }));
  return { session, members };
}

function memberOf(session: WireSession): z.infer<typeof memberState> {
  return {
    sessionId: session.id,
    state: session.state,
    sourceResourceId: session.source_resource_id,
    progressPercentage: session.progress_percentage,
    error: errorOf(session),
  };
}

function errorOf({ error }: WireSession): z.infer<typeof sessionError> | undefined {
  return error === undefined ? undefined : { code: error.code, message: error.message_l10n };
}

function wireErrorOf(error: z.infer<typeof sessionError> | undefined): WireSession["error"] {
  return error === undefined ? undefined : { code: error.code, message_l10n: error.message };
}
