import { z } from "zod";
import { legacyEntry } from "./audit-log-0.1.ts";

/** One entry of an audit log: what the provider sent to the array, when, why, and with which outcome. */
export const auditEntry = z.preprocess(
  legacyEntry,
  z.object({
    act: z.string(),
    /** ISO, UTC. */
    at: z.string(),
    reason: z.string(),
    /** What became of the action: the answer was lost, or the array rejected the action. @default the array took it */
    outcome: z.enum(["lost", "rejected"]).optional(),
    /** The array's state when the action was sent, if that decides whether the action may be sent again. */
    from: z.string().optional(),
    /** Who ran the deployment. */
    who: z.string().optional(),
    /** The change that the action belongs to. */
    change: z.string().optional(),
  }),
);
export type AuditEntry = z.output<typeof auditEntry>;

/** What only the resource knows of an entry. */
export type AuditNote = Pick<AuditEntry, "act" | "reason" | "from">;

/** The log keeps the newest entries. */
export const maxEntries = 20;

/** What the runs of a resource have sent. The log continues from run to run, and stays short, because it is part of the state. */
export function continueLog<Action>(recorded: readonly AuditEntry[], nowMs: () => number) {
  let [before, entries] = [recorded, recorded];
  let sinceRead: Action[] = [];
  /** The run has read the array. Actions before and after a read do not share an entry. */
  const read = () => {
    before = entries;
    sinceRead = [];
  };
  return {
    get entries() {
      return entries;
    },
    read,
    /** Records an action. `describe` makes the entries for all actions that the array has taken since the last read. */
    sent(
      action: Action,
      outcome: AuditEntry["outcome"],
      describe: (actions: readonly Action[]) => readonly AuditNote[],
    ) {
      // An action with an outcome gets an entry of its own.
      if (outcome !== undefined) read();
      sinceRead.push(action);
      const stamp = { at: new Date(nowMs()).toISOString(), ...(outcome === undefined ? {} : { outcome }) };
      entries = [...before, ...describe(sinceRead).map((entry) => ({ ...entry, ...stamp }))].slice(-maxEntries);
      if (outcome !== undefined) read();
    },
  };
}
