import type { AuditEntry } from "./audit-log.ts";

/** Outputs with an audit log. Every resource has one. */
export interface Audited {
  readonly actions: readonly AuditEntry[];
  /** The address of the array on which it was recorded. @default not known */
  readonly endpoint?: string | undefined;
}
