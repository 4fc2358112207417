import { graceMs } from "../../grace.ts";
import type { JobCommand } from "../../job.ts";
import type { Accepted } from "../../requests.ts";
import { type CommandLog, counting, type Failure, failing, following, type Sent, withAll } from "./command-log.ts";

/** The array took a command, or answered that nothing is left to do. */
export function afterAnswer(log: CommandLog, command: JobCommand, answer: Accepted, nowMs: number): CommandLog {
  const counted = counting(log, command);
  if (answer !== "already so") return following(counted, answer, { ...command, origin: "run" });
  const unclear: Sent = { kind: "unclear", command: command.kind, untilMs: nowMs + graceMs };
  return { ...counted, sent: withAll(log.sent, command.ids, unclear) };
}

export function afterLostAnswer(log: CommandLog, command: JobCommand): CommandLog {
  return { ...log, lost: [...log.lost, command] };
}

/** The array rejected a command outright. @param restMs how long it asked to be left alone, in milliseconds */
export function afterRejection(
  log: CommandLog,
  command: JobCommand,
  failure: Failure,
  nowMs: number,
  restMs = 0,
): CommandLog {
  return command.ids.reduce(
    (changed, id) => failing(changed, command.kind, id, failure, nowMs, restMs),
    counting(log, command),
  );
}
