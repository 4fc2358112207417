import type { Clock } from "../../../core/async/clock.ts";
import type { AuditEntry } from "../../../core/reconcile/audit-log.ts";
import type { ForwardAction } from "../plan/actions.ts";

/** What a run sends, as the audit trail tells it, and which cutovers it has used up. */
export interface Trail {
  readonly actions: readonly AuditEntry[];
  /** The states from which this run has cut over and which the session has left since. */
  readonly cutOverFrom: readonly string[];
  /** @param remark what is not plain about it, such as ` (answer lost)` */
  sent(act: ForwardAction, reason: string, remark?: string): void;
  /** Takes note of an act that the array refused: an array that took it all the same must not get a cutover again at once. */
  refused(act: ForwardAction, reason: string): void;
  /** Takes note of a session that a run made whose record was lost. */
  found(): void;
  /** Takes note of the state that a look has shown. */
  seen(state: string | undefined): void;
}

/** Goes on with the trail that is recorded. */
export function trailFrom(recorded: readonly AuditEntry[], clock: Clock): Trail {
  let actions = recorded;
  let cuttingOverFrom: string | undefined;
  const cutOverFrom: string[] = [];
  const add = (act: string, reason: string) => {
    actions = withEntry(actions, { act, at: new Date(clock.nowMs()).toISOString(), reason });
  };
  return {
    get actions() {
      return actions;
    },
    cutOverFrom,
    sent(act, reason, remark = "") {
      if (act.name === "cutover") cuttingOverFrom = act.from;
      add(`${act.name}${remark}`, reason);
    },
    refused: (act, reason) => add(`${act.name} (refused)`, reason),
    found: () => add("found", "made by a run that was lost"),
    seen(state) {
      if (cuttingOverFrom === undefined || state === cuttingOverFrom) return;
      cutOverFrom.push(cuttingOverFrom);
      cuttingOverFrom = undefined;
    },
  };
}
const withEntry = (entries: readonly AuditEntry[], entry: AuditEntry): AuditEntry[] => [...entries, entry].slice(-20);
