import type { ImportSessionSummary } from "./lookup-types.ts";
import type { WireSession } from "./wire.ts";

/** What a lookup tells of a session. */
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
