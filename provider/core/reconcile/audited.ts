import type { AuditEntry } from "./audit-log.ts";

/** Outputs with an audit log. Every resource has one. */
export interface Audited {
  readonly actions: readonly AuditEntry[];
}
