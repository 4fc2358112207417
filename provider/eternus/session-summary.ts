import type { CopySession } from "./copy-session.ts";
import type { CopySessionSummary } from "./lookup-types.ts";

/** What a lookup answers about a session. */
export function summaryOf(session: CopySession): CopySessionSummary {
  const { id, type, status, phase, transferMode, progress, pair } = session;
  return { id, type, status, phase, transferMode, progress, ...pair };
}
