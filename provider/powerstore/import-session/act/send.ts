import type { Clock } from "../../../core/async/clock.ts";
import { MigrationError, outcomeOfAction } from "../../../core/errors.ts";
import type { Confirm } from "../../../core/http/exchange.ts";
import type { SendResult } from "../../../core/resource.ts";
import type { PowerStoreArray } from "../../connect.ts";
import type { ObservedImport } from "../observed.ts";
import { type ImportAction, rowOf } from "../plan/actions.ts";
import { gateOf } from "../plan/gate.ts";
import { runAfterSent, type Sent } from "../plan/sent.ts";
import type { ImportTarget } from "../target.ts";

/** Sends one action. @throws MigrationError where the array has not seen it, or is not to be asked again */
export async function sendAction(
  { client, title, aheadMs }: Pick<PowerStoreArray, "client" | "title" | "aheadMs">,
  action: ImportAction,
  observed: ObservedImport,
  target: ImportTarget,
  { clock, confirm }: { readonly clock: Clock; readonly confirm: Confirm },
): Promise<SendResult<ObservedImport>> {
  const confirmAll = () => {
    confirm();
    const shown = { ...observed, aheadMs: aheadMs() };
    if (action.kind === "cutover") confirmOpen(action, shown, target, { on: title, nowMs: clock.nowMs() });
  };
  const after = (sent: Sent) => (shown: ObservedImport) => ({
    ...shown,
    run: runAfterSent(shown.run, observed.session, action, sent),
  });
  try {
    const made = await rowOf(action).request(action, { client, target, nowMs: clock.nowMs(), confirm: confirmAll });
    return { after: after({ kind: "taken", made, nowMs: clock.nowMs() }) };
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    if (outcomeOfAction(error) === "unknown")
      return { outcome: "lost", error, after: after({ kind: "lost", nowMs: clock.nowMs() }) };
    if (error.kind !== "refused") throw error;
    return {
      outcome: "rejected",
      // Whether a cancel that was rejected ends the run is the plan's to say: force may be allowed.
      error: action.kind === "cancel" ? undefined : error,
      after: after({ kind: "rejected", text: error.answered, nowMs: clock.nowMs() }),
    };
  }
}

/** Between the read and the request there may be a long wait, for a turn or for a login. */
function confirmOpen(
  { sessionId }: ImportAction<"cutover">,
  observed: ObservedImport,
  target: ImportTarget,
  { on, nowMs }: { readonly on: string; readonly nowMs: number },
): void {
  const { closed } = gateOf(target, observed, { nowMs, isNow: true });
  if (closed.length === 0) return;
  throw new MigrationError({
    kind: "busy",
    attempted: `cut over import session ${sessionId}`,
    on,
    answered: `nothing was sent, because the gate closed a moment before: ${closed.join("; ")}`,
    next: "Open the gate again and run `pulumi up`.",
  });
}
