import { MigrationError, outcomeOfAction } from "../../../core/errors.ts";
import type { Confirm } from "../../../core/http/exchange.ts";
import type { SendResult } from "../../../core/resource.ts";
import type { EternusClient } from "../../client.ts";
import type { Accepted } from "../../requests.ts";
import { afterAnswer, afterLostAnswer, afterRejection, type CommandLog, suspecting } from "../commands/command-log.ts";
import type { GroupAction } from "../plan/actions.ts";
import type { Member } from "../plan/member.ts";
import { type ObservedGroup, withLog } from "../plan/observed.ts";
import { isEquivalent } from "../states.ts";

/** Sends one action. What the array rejects is noted for the sessions concerned and is no error: the others continue. */
export async function send(
  client: EternusClient,
  action: GroupAction,
  { members }: ObservedGroup,
  { clock, confirm }: { readonly clock: { nowMs(): number }; readonly confirm: Confirm },
): Promise<SendResult<ObservedGroup>> {
  const command = { kind: action.kind, ids: action.ids, force: action.kind === "suspend" && action.force };
  const noting = (change: (log: CommandLog) => CommandLog) => (observed: ObservedGroup) =>
    withLog(observed, change(observed.log));
  const spoilt = spoiltBy(action, members);
  try {
    const answer = await request(client, action, confirm);
    const nowMs = clock.nowMs();
    return { after: noting((log) => suspecting(afterAnswer(log, command, answer, nowMs), spoilt)) };
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    if (outcomeOfAction(error) === "unknown") {
      const after = noting((log) => suspecting(afterLostAnswer(log, command), spoilt));
      return { outcome: "lost", after, error };
    }
    const { kind } = error;
    // Whether the array spoke about these sessions; a login that is rejected, say, concerns everything.
    const isAnswered = kind === "refused" || kind === "notFound" || kind === "permission" || kind === "busy";
    if (!isAnswered) throw error;
    const { code, answered: message, retryAfterMs: restMs } = error;
    const failure = { code, message, isPassing: kind === "busy", restMs };
    const nowMs = clock.nowMs();
    return { outcome: "rejected", after: noting((log) => afterRejection(log, command, failure, nowMs)) };
  }
}

function request(client: EternusClient, action: GroupAction, confirm: Confirm): Promise<Accepted> {
  switch (action.kind) {
    case "suspend":
      return client.suspend(action.ids, action.force, confirm);
    case "resume":
      return client.resume(action.ids[0], confirm);
    case "reverse":
      return client.reverse(action.ids[0], confirm);
    case "modify":
      return client.modify(action.ids[0], action.modes, confirm);
  }
}

/** Sessions whose data is not transferred when they are suspended by force. */
function spoiltBy(action: GroupAction, members: readonly Member[]): number[] {
  if (action.kind !== "suspend" || !action.force) return [];
  return action.ids.filter((id) => {
    const session = members.find((member) => member.id === id)?.session;
    return session === undefined || !isEquivalent(session);
  });
}
