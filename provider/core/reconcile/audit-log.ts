import { z } from "zod";

/** One entry of an audit trail: what was sent to the array, when and why. */
export const auditEntry = z.object({ act: z.string(), at: z.string(), reason: z.string() });
export type AuditEntry = z.infer<typeof auditEntry>;

/** How much of an audit trail is kept: the newest entries. */
const maxEntries = 20;

export function withEntry(actions: readonly AuditEntry[], sent: AuditEntry): AuditEntry[] {
  return [...actions, sent].slice(-maxEntries);
}
