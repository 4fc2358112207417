import type { Clock } from "../../../core/async/clock.ts";
import { MigrationError } from "../../../core/errors.ts";
import type { Confirm } from "../../../core/http/exchange.ts";
import type { PowerStoreArray } from "../../connect.ts";
import type { ImportSessionInputs } from "../inputs.ts";
import type { ForwardAction } from "../plan/actions.ts";
import { closedGate } from "../plan/gate.ts";
import { createBody, wireMoment } from "./create-body.ts";

/** Sends one act. @returns the id of the session it made, if it made one */
export async function sendForward(
  array: PowerStoreArray,
  inputs: ImportSessionInputs,
  act: ForwardAction,
  clock: Clock,
  confirm: Confirm,
): Promise<string | undefined> {
  const { client } = array;
  switch (act.name) {
    case "create":
      return client.createSession(createBody(inputs, clock.nowMs()), confirm);
    case "reschedule":
      await client.reschedule(act.sessionId, wireMoment(inputs.scheduledTimestamp ?? 0), confirm);
      return undefined;
    case "cutover":
      // Between the look and the request there may be a long wait for a login: the gate is looked at again as the request leaves.
      await client.act(act.sessionId, act.name, () => {
        confirm();
        confirmOpen(array, inputs, act.sessionId, clock);
      });
      return undefined;
    case "remove":
      await client.removeSession(act.sessionId, confirm);
      return undefined;
    case "enable_destination_volume":
    case "start_copy":
    case "pause":
    case "resume":
      await client.act(act.sessionId, act.name, confirm);
      return undefined;
  }
}

function confirmOpen(array: PowerStoreArray, inputs: ImportSessionInputs, sessionId: string, clock: Clock): void {
  if (closedGate(inputs, sessionId, clock.nowMs()) === undefined) return;
  throw new MigrationError({
    kind: "busy",
    attempted: `cut over import session ${sessionId}`,
    on: array.title,
    answered: "nothing was sent: the cutover gate shut a moment before",
    next: "Open the gate again and run `pulumi up`.",
  });
}
