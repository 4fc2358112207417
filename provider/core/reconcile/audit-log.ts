import { z } from "zod";

/** One entry of an audit trail: what was sent to the array, when and why. */
export const sentAct = z.object({ act: z.string(), at: z.string(), reason: z.string() });
export type SentAct = z.infer<typeof sentAct>;

/** How much of an audit trail is kept: the newest entries. */
const longestTrail = 20;

export function withAct(actions: readonly SentAct[], sent: SentAct): SentAct[] {
  return [...actions, sent].slice(-longestTrail);
}
