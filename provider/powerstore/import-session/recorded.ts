import { z } from "zod";
import { type AuditEntry, auditEntry } from "../../core/reconcile/audit-log.ts";
import type { WireSession } from "../wire.ts";
import type { ObservedImport } from "./plan/forward.ts";

/** Stands where PowerStore's word will stand after the first look. No state of a session, so no plan takes it for one. */
export const notObservedYet = "Not_Observed_Yet";

const sessionError = z.object({ code: z.string().optional(), message: z.string().optional() });

const memberState = z.object({
  sessionId: z.string(),
  state: z.string(),
  sourceResourceId: z.string().optional(),
  progressPercentage: z.number().optional(),
  error: sessionError.optional(),
});

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
  /** The address of the array it is on. */
  endpoint: z.string().optional(),
  /** The import's kind as the array has it: an adopted session has no input that says it. */
  sessionType: z.string().optional(),
  /** Whether the array cuts over by itself: as for the kind, an adopted session has no input that says it. */
  cutsOverByItself: z.boolean().optional(),
  actions: z.array(auditEntry).default([]),
});
export type RecordedImport = z.infer<typeof importSessionState>;

/** What is recorded between the array's word that the session is made and the first look at it. */
export function recordOfCreated(sessionId: string, actions: readonly AuditEntry[], endpoint?: string): RecordedImport {
  return { sessionId, state: notObservedYet, adopted: false, endpoint, actions: [...actions] };
}

/** The outputs that an observation gives. */
export function recordOf(
  session: WireSession,
  members: readonly WireSession[],
  kept: Pick<RecordedImport, "adopted" | "actions" | "endpoint"> & { readonly held?: string | undefined },
): RecordedImport {
  return {
    sessionId: session.id,
    state: session.state,
    adopted: kept.adopted,
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
    held: kept.held,
    endpoint: kept.endpoint,
    sessionType: session.type,
    cutsOverByItself: session.automatic_cutover,
    actions: kept.actions,
  };
}

/** What was observed last, as far as a plan needs it: a preview decides on it without asking the array. */
export function assumedOf(recorded: RecordedImport): ObservedImport {
  const session: WireSession = {
    id: recorded.sessionId,
    state: recorded.state,
    type: recorded.sessionType,
    destination_resource_type: recorded.destinationResourceType,
    automatic_cutover: recorded.cutsOverByItself,
    error: wireErrorOf(recorded.error),
  };
  const members = (recorded.members ?? []).map((member) => ({
    id: member.sessionId,
    state: member.state,
    type: recorded.sessionType,
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
