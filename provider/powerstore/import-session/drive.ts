import { fateOfAct, MigrationError } from "../../core/errors.ts";
import { forecaster } from "../../core/forecast.ts";
import type { Recorder } from "../../core/lifecycle.ts";
import { paceMs } from "../../core/pace.ts";
import type { Run } from "../../core/run.ts";
import { type Settled, settle } from "../../core/settle.ts";
import type { PowerStoreArray } from "../connect.ts";
import { type ForwardAct, opportunityOf } from "./acts.ts";
import { forwardOf } from "./desired.ts";
import { observeById, observeByName } from "./find.ts";
import { type ObservedImport, planForward } from "./forward.ts";
import type { ImportSessionInputs } from "./inputs.ts";
import { copySight, progressText } from "./progress.ts";
import { lostAnswerGraceMs, recentCutovers } from "./recent-cutovers.ts";
import { sendForward } from "./send-forward.ts";
import { type RecordedImport, recordOf, recordOfCreated, type SentAct, withAct } from "./state.ts";

/** What a run knows when it starts: nothing yet, or what is recorded. */
export interface Known {
  readonly sessionId: string | undefined;
  readonly adopted: boolean;
  readonly actions: readonly SentAct[];
}

/** Brings a session to where the inputs want it, from wherever it is: creates it, continues it, moves it on. All the same loop. */
export async function driveForward(
  array: PowerStoreArray,
  inputs: ImportSessionInputs,
  known: Known,
  run: Run,
  record: Recorder<RecordedImport>,
): Promise<{ readonly id: string; readonly state: RecordedImport }> {
  let { sessionId, actions } = known;
  const endpoint = array.settings.origin;
  const forecast = forecaster();
  let cuttingOverFrom: string | undefined;
  const cutOverFrom: string[] = [];
  const target = inputs.targetState ?? "Ready_For_Cutover";

  const take = (act: ForwardAct, reason: string, remark = "") => {
    if (act.name === "cutover") cuttingOverFrom = act.from;
    actions = withAct(actions, { act: `${act.name}${remark}`, at: new Date(run.clock.nowMs()).toISOString(), reason });
  };
  const recordSoFar = (id: string, { session, members }: ObservedImport) =>
    session === undefined
      ? recordOfCreated(id, actions, endpoint)
      : recordOf(session, members, { adopted: known.adopted, actions: [...actions], endpoint });

  const settled: Settled<ObservedImport> = await settle<ObservedImport, ForwardAct>(
    {
      get attempted() {
        return `bring import session ${sessionId ?? `of ${inputs.sourceResourceId}`} to ${target}`;
      },
      on: array.title,
      lostAnswerGraceMs,
      recent: recentCutovers(known),
      async observe(signal) {
        if (sessionId !== undefined) return observeById(array, sessionId, signal);
        return observeByName(array, inputs, signal);
      },
      plan(observed) {
        // A session found by its name is not recorded yet, but the gate is asked about it all the same.
        const forward = forwardOf(inputs, observed.session?.id ?? "", run.clock.nowMs());
        return planForward({ ...forward, mayCreate: sessionId === undefined, cutOverFrom }, observed);
      },
      opportunity: opportunityOf,
      async act(act, observed, confirm) {
        const reason = `${observed.session?.state ?? "no session yet"}, wanted ${target}`;
        try {
          sessionId = (await sendForward(array, inputs, act, run.clock, confirm)) ?? sessionId;
          take(act, reason);
        } catch (error) {
          if (error instanceof MigrationError && fateOfAct(error) === "unknown") take(act, reason, " (answer lost)");
          throw error;
        } finally {
          // The trail is recorded at once: the run may end before the next look.
          if (sessionId !== undefined) record({ id: sessionId, state: recordSoFar(sessionId, observed) });
        }
      },
      paceMs: ({ session }, looks) => paceMs(array.settings, looks, forecast(copySight(session, array.nowMs()))),
      rest: array.watch.rest,
      turns: array.turns,
      onStep(observed, step) {
        run.progress(progressText(observed, step, array.nowMs()));
        run.debug(`${observed.session?.state ?? "no session"} -> ${step.kind}: ${step.reason}`);
        const { session, members } = observed;
        if (cuttingOverFrom !== undefined && session?.state !== cuttingOverFrom) {
          cutOverFrom.push(cuttingOverFrom);
          cuttingOverFrom = undefined;
        }
        const isLeftOver = step.kind === "act" && step.acts.some(({ name }) => name === "remove");
        if (session === undefined || isLeftOver) return;
        // Found by its name: what an interrupted run made is this resource's session from here on.
        if (sessionId === undefined && actions.length === 0) {
          const at = new Date(run.clock.nowMs()).toISOString();
          actions = withAct(actions, { act: "found", at, reason: "made by a run that was lost" });
        }
        sessionId = session.id;
        const held = step.kind === "held" ? step.reason : undefined;
        record({
          id: session.id,
          state: recordOf(session, members, { adopted: known.adopted, actions: [...actions], held, endpoint }),
        });
      },
    },
    run,
  );

  const { session, members } = settled.observed;
  if (session === undefined) throw new Error("settled without a session");
  const held = settled.kind === "held" ? settled.reason : undefined;
  if (held !== undefined) run.warn(held);
  const kept = { adopted: known.adopted, actions: [...actions], held, endpoint };
  return { id: session.id, state: recordOf(session, members, kept) };
}
