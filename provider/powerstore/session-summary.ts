import type { WireSession } from "./wire.ts";

/** An import session as a lookup tells of it. */
export interface ImportSessionSummary {
  readonly sessionId: string;
  readonly name?: string | undefined;
  /** `Non_Disruptive` or `Agentless`. */
  readonly type?: string | undefined;
  /** PowerStore's own word for the state. */
  readonly state: string;
  readonly remoteSystemId?: string | undefined;
  readonly sourceResourceId?: string | undefined;
  readonly destinationResourceId?: string | undefined;
  readonly parentSessionId?: string | undefined;
  /** Percent copied, 0 to 100. */
  readonly progressPercentage?: number | undefined;
  /** ISO 8601. */
  readonly estimatedCompletionTimestamp?: string | undefined;
}

export function summaryOf(session: WireSession): ImportSessionSummary {
  return {
    sessionId: session.id,
    name: session.name,
    type: session.type,
    state: session.state,
    remoteSystemId: session.remote_system_id,
    sourceResourceId: session.source_resource_id,
    destinationResourceId: session.destination_resource_id,
    parentSessionId: session.parent_session_id,
    progressPercentage: session.progress_percentage,
    estimatedCompletionTimestamp: session.estimated_completion_timestamp,
  };
}
