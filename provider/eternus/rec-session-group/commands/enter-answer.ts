import type { JobCommand } from "../../job.ts";
import type { Failure, Sent } from "../plan/member.ts";
import { type CommandLog, counting, failing, following, graceMs, withAll } from "./command-log.ts";

/** The array took a command, or said that there is nothing left to do. */
export function afterAnswer(
  ledger: CommandLog,
  command: JobCommand,
  answer: number | "already so",
  nowMs: number,
): CommandLog {
  const counted = counting(ledger, command);
  if (answer !== "already so") return following(counted, answer, { ...command, origin: "run" });
  const unclear: Sent = { is: "unclear", kind: command.kind, untilMs: nowMs + graceMs };
  return { ...counted, sent: withAll(ledger.sent, command.ids, unclear) };
}

export function afterLostAnswer(ledger: CommandLog, command: JobCommand): CommandLog {
  return { ...ledger, lost: [...ledger.lost, command] };
}

/** The array refused a command outright. @param restMs how long it asked to be left alone, in milliseconds */
export function afterRefusal(
  ledger: CommandLog,
  command: JobCommand,
  failure: Failure,
  nowMs: number,
  restMs = 0,
): CommandLog {
  let changed = counting(ledger, command);
  for (const id of command.ids) changed = failing(changed, command.kind, id, failure, nowMs, restMs);
  return changed;
}

/** A forced suspend was sent for sessions whose data is not transferred. */
export function afterForce(ledger: CommandLog, ids: readonly number[]): CommandLog {
  return { ...ledger, suspect: new Set([...ledger.suspect, ...ids]) };
}
