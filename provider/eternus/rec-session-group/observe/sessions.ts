import { mapBounded } from "../../../core/async/map-bounded.ts";
import type { EternusClient } from "../../client.ts";
import type { CopySession } from "../../copy-session.ts";
import { maxRequestsAtOnce, unlessRefused } from "../../requests.ts";

/**
 * Sessions by id. One that the list leaves out is read alone before it counts as gone; and where the array rejects the list of these, only the list of
 * all shows what is gone: an array that is just starting rejects whatever it is asked.
 */
export async function observeSessions(
  client: EternusClient,
  ids: readonly number[],
  signal: AbortSignal,
): Promise<ReadonlyMap<number, CopySession>> {
  const listed = await client.readSessions(ids, signal).catch(unlessRefused(undefined));
  const shown = await mapBounded(
    ids,
    maxRequestsAtOnce,
    async (id) => listed?.get(id) ?? client.getSession(id, signal),
  );
  const isReported = listed !== undefined || !shown.includes(undefined);
  const sessions = isReported ? shown : await client.listSessions(undefined, signal);
  return new Map(
    sessions.flatMap((session) => (session === undefined || !ids.includes(session.id) ? [] : [[session.id, session]])),
  );
}
