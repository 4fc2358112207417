import { randomUUID } from "node:crypto";
import { MigrationError, outcomeOfAction } from "../errors.ts";
import type { JournalAct } from "../journal/acts.ts";
import type { ActOutcome, JournalFact } from "../journal/journal.ts";
import type { AuditEntry } from "./audit-log.ts";
import type { RunJournal } from "./run.ts";

type Act = Omit<Extract<JournalFact, { readonly kind: "sending" }>, "kind" | "id">;

/** Writes an act down before it is sent, and again when its outcome is known. */
export async function journaled<Sent extends { readonly outcome?: AuditEntry["outcome"] }>(
  journal: RunJournal | undefined,
  act: Act,
  send: () => Promise<Sent>,
): Promise<Sent> {
  if (journal === undefined) return send();
  const id = randomUUID();
  const answered = (outcome: ActOutcome) => journal.write({ kind: "answered", id, urn: act.urn, outcome });
  await journal.write({ kind: "sending", id, ...act });
  try {
    const sent = await send();
    await answered(sent.outcome ?? "taken");
    return sent;
  } catch (error) {
    if (error instanceof MigrationError) await answered(outcomes[outcomeOfAction(error)]);
    throw error;
  }
}

const outcomes: Readonly<Record<ReturnType<typeof outcomeOfAction>, ActOutcome>> = {
  rejected: "rejected",
  unknown: "lost",
  "not sent": "not sent",
};

/** The acts that the record of an object lacks, as entries of its audit log. @param names how acts name the object */
export function missedEntries(missed: readonly JournalAct[], names: readonly string[]): AuditEntry[] {
  return missed.flatMap(({ object, outcome, act, at, reason, from, change }) => {
    if (outcome === "not sent" || !object.split(separator).some((name) => names.includes(name))) return [];
    return [
      {
        act,
        at,
        reason,
        ...(outcome === "taken" ? {} : { outcome }),
        ...(from === undefined ? {} : { from }),
        ...(change === undefined ? {} : { change }),
      },
    ];
  });
}

/** Several objects of one act in one text. */
export const separator = ", ";
