import { z } from "zod";
import { legacyEntry } from "./audit-log-0.1.ts";

/** What became of an action that the array did not plainly take: its answer was lost, or the array rejected it. */
export const outcomes = ["lost", "rejected"] as const;

/** One entry of an audit log: what was sent to the array, when, why, and what came of it. */
export const auditEntry = z.preprocess(
  legacyEntry,
  z.object({
    act: z.string(),
    /** ISO, UTC. */
    at: z.string(),
    reason: z.string(),
    /** @default the array took it */
    outcome: z.enum(outcomes).optional(),
    /** The state from which it was sent, where that decides whether it may be sent again. */
    from: z.string().optional(),
    /** Who ran the deployment. */
    who: z.string().optional(),
    /** The change it belongs to. */
    change: z.string().optional(),
  }),
);
export type AuditEntry = z.output<typeof auditEntry>;

/** What a run sends, as it is recorded: continued from run to run, and kept short, because it stands in the state. */
export interface AuditLog<Action> {
  readonly entries: readonly AuditEntry[];
  /** The array was read: what is sent from here on does not belong to what was sent before. */
  read(): void;
  /** Takes note of an action. `describe` puts all that were taken after one read into words. */
  sent(action: Action, outcome: AuditEntry["outcome"], describe: Describe<Action>): void;
}

export type Describe<Action> = (actions: readonly Action[]) => readonly Pick<AuditEntry, "act" | "reason" | "from">[];

/** How many entries are kept: the newest. */
const maxEntries = 20;

/** Continues the log that is recorded. */
export function continueLog<Action>(recorded: readonly AuditEntry[], nowMs: () => number): AuditLog<Action> {
  let [before, entries] = [recorded, recorded];
  let together: Action[] = [];
  const read = () => {
    before = entries;
    together = [];
  };
  return {
    get entries() {
      return entries;
    },
    read,
    sent(action, outcome, describe) {
      // What was not plainly taken is an entry of its own.
      if (outcome !== undefined) read();
      together.push(action);
      const at = new Date(nowMs()).toISOString();
      const added = describe(together).map((entry) => ({
        ...entry,
        at,
        ...(outcome === undefined ? {} : { outcome }),
      }));
      entries = [...before, ...added].slice(-maxEntries);
      if (outcome !== undefined) read();
    },
  };
}
