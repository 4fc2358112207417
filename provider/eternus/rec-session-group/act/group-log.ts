import type { AuditEntry } from "../../../core/reconcile/audit-log.ts";
import { momentText } from "../../../core/text/moment.ts";
import type { Action } from "../plan/actions.ts";
import type { Member } from "../plan/member.ts";

/**
 * What a run sends, as the audit trail tells it: what was sent after one look is one entry, however many commands it took. Kept short: it
 * stands in the state.
 */
export interface Trail {
  readonly actions: readonly AuditEntry[];
  /** @param remark what is not plain about it, such as ` (answer lost)` */
  sent(act: Action, members: readonly Member[], nowMs: number, remark?: string): void;
  /** The array was looked at: what is sent from here on is another entry. */
  looked(): void;
}

/** Goes on with the trail that is recorded. */
export function trailFrom(recorded: readonly AuditEntry[]): Trail {
  let [before, actions] = [recorded, recorded];
  let together: Action[] = [];
  const looked = () => {
    before = actions;
    together = [];
  };
  return {
    get actions() {
      return actions;
    },
    looked,
    sent(act, members, nowMs, remark = "") {
      if (remark !== "") looked();
      together.push(act);
      const at = momentText(nowMs);
      actions = withEntry(before, { act: `${sentText(together)}${remark}`, at, reason: seenText(members) });
      if (remark !== "") looked();
    },
  };
}

/** In the array's words: `suspend 12, 13`, `resume 7; reverse 8`. */
function sentText(acts: readonly Action[]): string {
  const byWord = Map.groupBy(acts, (act) => (act.kind === "suspend" && act.force ? "suspend by force" : act.kind));
  return [...byWord].map(([word, those]) => `${word} ${idsText(those.flatMap(({ ids }) => ids))}`).join("; ");
}

const mostNamed = 16;

function idsText(ids: readonly number[]): string {
  const more = ids.length > mostNamed ? ` and ${ids.length - mostNamed} more` : "";
  return `${ids.slice(0, mostNamed).join(", ")}${more}`;
}

/** The members by phase, or by status where that is not Active: `Equivalent`, `1 Equivalent, 2 Copying`. */
function seenText(members: readonly Member[]): string {
  const words = members.map(
    ({ session }) => (session?.status === "Active" ? session.phase : session?.status) ?? "not there",
  );
  const byWord = [...Map.groupBy(words, (word) => word)];
  return byWord.map(([word, those]) => (byWord.length === 1 ? word : `${those.length} ${word}`)).join(", ");
}
const withEntry = (entries: readonly AuditEntry[], entry: AuditEntry): AuditEntry[] => [...entries, entry].slice(-20);
