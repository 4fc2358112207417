import type { AuditEntry } from "../../core/reconcile/audit-log.ts";
import type { WireSession } from "../wire.ts";
import type { CutOver, RecordedImport } from "./recorded.ts";
import { isPastCutover } from "./states.ts";

/** A session as the array shows it, with its members. */
interface Shown {
  readonly session: Pick<WireSession, "state"> | undefined;
  readonly members: readonly Pick<WireSession, "state">[];
}

/** The first cutover in a log that may have reached the array. What was done with the sessions before this one does not count. */
export function cutOverIn(entries: readonly AuditEntry[]): CutOver | undefined {
  const begins = entries.findLastIndex(({ act, outcome }) => newSession.includes(act) && outcome !== "rejected");
  const own = entries.slice(begins + 1);
  const sent = own.find(({ act, outcome }) => act === "cutover" && outcome !== "rejected");
  return sent && { at: sent.at, ...(sent.from === undefined ? {} : { from: sent.from }), by: "sent" };
}

/** What is recorded of the cutover. A release before this output recorded only the log. */
export function cutOverOf({ cutOver, actions }: Pick<RecordedImport, "cutOver" | "actions">): CutOver | undefined {
  return cutOver ?? cutOverIn(actions);
}

/** Whether an array shows that a cutover was sent: of a volume, of a group, or of a member of it. */
export function showsCutover({ session, members }: Shown): boolean {
  return isPastCutover(session?.state) || members.some(({ state }) => isPastCutover(state));
}

/** Whether a cutover is recorded. From then on nothing makes that import again without consent. */
export function isCutOver(recorded: RecordedImport): boolean {
  return cutOverOf(recorded) !== undefined || showsCutover({ session: recorded, members: recorded.members ?? [] });
}

/** The entries with which the log of a session begins. Before them stand those of the session that it replaces. */
const newSession: readonly string[] = ["create", "found", "adopted"];
