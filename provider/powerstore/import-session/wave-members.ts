import type { PowerStoreArray } from "../connect.ts";
import type { WireSession } from "../wire.ts";
import type { ImportSessionInputs } from "./inputs.ts";
import { isPastCopy } from "./states.ts";

/**
 * Why a wave's cutover may not be sent now, as the arrays show its members at this moment: what the deployment knows of them may be hours old.
 *
 * @returns undefined when all are ready or past it, and for what is no wave's cutover or not at that point
 */
export async function unreadyMember(
  arrays: (name: string | undefined) => PowerStoreArray,
  { wave }: ImportSessionInputs,
  session: WireSession | undefined,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (wave?.part !== "cutover" || session === undefined || !isPastCopy(session.state)) return undefined;
  const seen = await Promise.all(
    wave.members.map(async ({ sessionId, array }) => {
      const sessions = await arrays(array).client.readSessions([sessionId], signal);
      return { sessionId, state: sessions.get(sessionId)?.state };
    }),
  );
  const unready = seen.filter(({ state }) => !isPastCopy(state));
  const [first] = unready;
  if (first === undefined) return undefined;
  const more = unready.length === 1 ? "" : `, and ${unready.length - 1} more`;
  const { sessionId, state } = first;
  return state === undefined
    ? `held: session ${sessionId} of the wave is not on the array any more${more}; if it was cut over, take its member out of the wave`
    : `held: session ${sessionId} of the wave is ${state}, not ready for the cutover${more}`;
}
