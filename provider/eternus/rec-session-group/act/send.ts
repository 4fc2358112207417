import { MigrationError, outcomeOfAction } from "../../../core/errors.ts";
import type { Confirm } from "../../../core/http/exchange.ts";
import type { EternusClient } from "../../client.ts";
import type { Accepted } from "../../requests.ts";
import type { CommandLog } from "../commands/command-log.ts";
import { afterAnswer, afterForce, afterLostAnswer, afterRefusal } from "../commands/enter-answer.ts";
import type { Action } from "../plan/actions.ts";
import type { Member } from "../plan/member.ts";

/** What sending an act came to: the ledger with it, and the error where settling has to hear of it. */
export interface Outcome {
  /** What is not plain about it, for the audit trail. */
  readonly remark: "" | " (answer lost)" | " (refused)";
  readonly entered: (ledger: CommandLog) => CommandLog;
  readonly error?: MigrationError;
}

/** Sends one act. What the array refuses is entered for the sessions concerned and is no error: the others go on. */
export async function send(
  client: EternusClient,
  act: Action,
  members: readonly Member[],
  clock: { nowMs(): number },
  confirm: Confirm,
): Promise<Outcome> {
  const command = { kind: act.kind, ids: act.ids, force: act.kind === "suspend" && act.force };
  try {
    const answer = await call(client, act, confirm);
    return {
      remark: "",
      entered: (ledger) => afterForced(afterAnswer(ledger, command, answer, clock.nowMs()), act, members),
    };
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    if (outcomeOfAction(error) === "unknown") {
      return {
        remark: " (answer lost)",
        entered: (ledger) => afterForced(afterLostAnswer(ledger, command), act, members),
        error,
      };
    }
    if (!isAnswered(error)) throw error;
    const failure = { code: error.code, message: error.answered, isPassing: error.kind === "busy" };
    return {
      remark: " (refused)",
      entered: (ledger) => afterRefusal(ledger, command, failure, clock.nowMs(), error.retryAfterMs),
    };
  }
}

function call(client: EternusClient, act: Action, confirm: Confirm): Promise<Accepted> {
  switch (act.kind) {
    case "suspend":
      return client.suspend(act.ids, act.force, confirm);
    case "resume":
      return client.resume(act.ids[0], confirm);
    case "reverse":
      return client.reverse(act.ids[0], confirm);
    case "modify":
      return client.modify(act.ids[0], act.modes, confirm);
  }
}

/** Whether the array spoke about these sessions; a login refused, say, concerns everything. */
function isAnswered({ kind }: MigrationError): boolean {
  return kind === "refused" || kind === "notFound" || kind === "permission" || kind === "busy";
}

function afterForced(ledger: CommandLog, act: Action, members: readonly Member[]): CommandLog {
  if (act.kind !== "suspend" || !act.force) return ledger;
  const lacking = members.filter(({ id, session }) => {
    const isClean = session?.status === "Active" && session.phase === "Equivalent";
    return act.ids.includes(id) && !isClean;
  });
  return afterForce(
    ledger,
    lacking.map(({ id }) => id),
  );
}
