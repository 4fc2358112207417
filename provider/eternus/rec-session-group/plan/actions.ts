import type { AuditNote } from "../../../core/reconcile/audit-log.ts";
import { idsText, type Modes } from "../../client.ts";
import { briefly } from "../naming.ts";
import type { Member } from "./member.ts";

/** What can be sent to an array for a group. `tries` counts the commands this run has sent for these sessions before. */
export type GroupAction =
  | { readonly kind: "suspend"; readonly ids: readonly number[]; readonly force: boolean; readonly tries: number }
  | { readonly kind: "resume" | "reverse"; readonly ids: readonly [number]; readonly tries: number }
  | { readonly kind: "modify"; readonly ids: readonly [number]; readonly modes: Modes; readonly tries: number };

/** The opportunity an action uses up. After a command was carried out and did not do, there is another one. */
export function dedupeKeyOf(action: GroupAction): string {
  return `${wordOf(action)} ${action.ids.join(",")} after ${action.tries}`;
}

/** What would be sent, in words: `suspend copy sessions 1, 2, 3 in one call; resume copy sessions 7, 8`. */
export function actionsText(actions: readonly GroupAction[]): string {
  const suspends = actions.flatMap((action) => {
    if (action.kind !== "suspend") return [];
    const how = `${action.force ? " by force" : ""}${action.ids.length > 1 ? " in one call" : ""}`;
    return [`suspend ${briefly(action.ids)}${how}`];
  });
  // In the order in which one session needs them.
  const singles = (["modify", "reverse", "resume"] as const).flatMap((kind) => {
    const ids = actions.flatMap((action) => (action.kind === kind ? action.ids : []));
    const verb = kind === "modify" ? "change the modes of" : kind;
    return ids.length === 0 ? [] : [`${verb} ${briefly(ids)}`];
  });
  return [...suspends, ...singles].join("; ");
}

/** One entry of the audit log, however many commands were sent after one read: `suspend 12, 13; resume 7`, because of `1 Suspend, 2 Equivalent`. */
export function entriesOf(
  actions: readonly GroupAction[],
  members: readonly Member[],
  change?: string | undefined,
): AuditNote[] {
  const acts = [...Map.groupBy(actions, wordOf)].map(([word, those]) => {
    return `${word} ${idsText(those.flatMap(({ ids }) => ids))}`;
  });
  return [{ act: acts.join("; "), reason: seenText(members), ...(change === undefined ? {} : { change }) }];
}

function wordOf(action: GroupAction): string {
  return action.kind === "suspend" && action.force ? "suspend by force" : action.kind;
}

/** The members by phase, or by status where that is not Active: `Equivalent`, `1 Equivalent, 2 Copying`. */
function seenText(members: readonly Member[]): string {
  const words = members.map(
    ({ session }) => (session?.status === "Active" ? session.phase : session?.status) ?? "not found",
  );
  const byWord = [...Map.groupBy(words, (word) => word)];
  return byWord.map(([word, those]) => (byWord.length === 1 ? word : `${those.length} ${word}`)).join(", ");
}
