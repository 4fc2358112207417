import { z } from "zod";
import { legacyEntry } from "./audit-log-0.1.ts";

/** What became of an action, other than plain success: the answer was lost, or the array rejected the action. */
export const outcomes = ["lost", "rejected"] as const;

/** One entry of an audit log: what the provider sent to the array, when, why, and with which outcome. */
export const auditEntry = z.preprocess(
  legacyEntry,
  z.object({
    act: z.string(),
    /** ISO, UTC. */
    at: z.string(),
    reason: z.string(),
    /** @default the array took it */
    outcome: z.enum(outcomes).optional(),
    /** The array's state when the action was sent, if that decides whether the action may be sent again. */
    from: z.string().optional(),
    /** Who ran the deployment. */
    who: z.string().optional(),
    /** The change that the action belongs to. */
    change: z.string().optional(),
  }),
);
export type AuditEntry = z.output<typeof auditEntry>;

/** What the runs of a resource have sent. The log continues from run to run, and stays short, because it is part of the state. */
export interface AuditLog<Action> {
  readonly entries: readonly AuditEntry[];
  /** The run has read the array. Actions before and after a read do not share an entry. */
  read(): void;
  /** Records an action. `describe` makes the entries for all actions that the array has taken since the last read. */
  sent(action: Action, outcome: AuditEntry["outcome"], describe: Describe<Action>): void;
}

export type Describe<Action> = (actions: readonly Action[]) => readonly Pick<AuditEntry, "act" | "reason" | "from">[];

/** The log keeps the newest entries. */
const maxEntries = 20;

/** Continues the recorded log. */
export function continueLog<Action>(recorded: readonly AuditEntry[], nowMs: () => number): AuditLog<Action> {
  let [before, entries] = [recorded, recorded];
  let sinceRead: Action[] = [];
  const read = () => {
    before = entries;
    sinceRead = [];
  };
  return {
    get entries() {
      return entries;
    },
    read,
    sent(action, outcome, describe) {
      // An action with an outcome gets an entry of its own.
      if (outcome !== undefined) read();
      sinceRead.push(action);
      const at = new Date(nowMs()).toISOString();
      const added = describe(sinceRead).map((entry) => ({
        ...entry,
        at,
        ...(outcome === undefined ? {} : { outcome }),
      }));
      entries = [...before, ...added].slice(-maxEntries);
      if (outcome !== undefined) read();
    },
  };
}
