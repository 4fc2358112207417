import type { AuditNote } from "../../../core/reconcile/audit-log.ts";
import { type ActionContext, type ImportAction, rowOf } from "./actions.ts";

/** What the audit log says of an action. */
export function entryOf(action: ImportAction, { observed, target }: ActionContext): AuditNote {
  const { operation, inputs } = target;
  const change = (operation.kind === "delete" ? operation.successor?.change : undefined) ?? inputs.change;
  const wanted = operation.kind === "delete" ? "no session" : inputs.targetState;
  const reason = `${observed.session?.state ?? "no session yet"}, wanted ${wanted}`;
  const from = rowOf(action).from?.(action);
  return {
    act: action.kind,
    reason,
    ...(from === undefined ? {} : { from }),
    ...(change === undefined ? {} : { change }),
  };
}
