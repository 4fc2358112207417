import { fateOfAct, MigrationError } from "../../../core/errors.ts";
import type { Confirm } from "../../../core/http/http.ts";
import type { SentAct } from "../../../core/reconcile/audit-log.ts";
import { forecaster, shownLeftMs } from "../../../core/reconcile/eta.ts";
import { paceMs } from "../../../core/reconcile/pause.ts";
import { type Settling, type Step, settle } from "../../../core/reconcile/reconcile.ts";
import type { Run } from "../../../core/reconcile/run.ts";
import { stallLimitsOf } from "../../../core/reconcile/stall.ts";
import type { Recorded, Recorder } from "../../../core/resource.ts";
import type { PowerStoreArray } from "../../connect.ts";
import type { ImportSessionInputs } from "../inputs.ts";
import { observeById, observeByName } from "../observe/find.ts";
import { unreadyMember } from "../observe/wave-members.ts";
import { type ForwardAct, opportunityOf } from "../plan/actions.ts";
import { type ObservedImport, planForward } from "../plan/forward.ts";
import { forwardOf } from "../plan/goal.ts";
import { type RecordedImport, recordOf, recordOfCreated } from "../recorded.ts";
import type { TargetState } from "../states.ts";
import { type Trail, trailFrom } from "./import-log.ts";
import { copySight, progressText } from "./progress.ts";
import { movementOf, shownText } from "./progress-marker.ts";
import { lostAnswerGraceMs, recentCutovers } from "./recent-cutovers.ts";
import { sendForward } from "./send-forward.ts";

/** What a run knows when it starts: nothing yet, or what is recorded. */
export interface Known {
  readonly sessionId: string | undefined;
  readonly adopted: boolean;
  readonly actions: readonly SentAct[];
}

/** Brings a session to where the inputs want it, from wherever it is: creates it, continues it, moves it on. All the same loop. */
export async function driveForward(
  arrays: (name: string | undefined) => PowerStoreArray,
  inputs: ImportSessionInputs,
  known: Known,
  run: Run,
  record: Recorder<RecordedImport>,
): Promise<Recorded<RecordedImport>> {
  const array = arrays(inputs.array);
  const { sessionId } = known;
  const trail = trailFrom(known.actions, run.clock);
  const drive: Drive = { arrays, array, inputs, known, run, record, sessionId, trail, forecastMs: undefined };
  const { kind, reason, observed } = await settle(settlingOf(drive), run);
  const { session } = observed;
  if (session === undefined) throw new Error("settled without a session");
  const held = kind === "held" ? reason : undefined;
  if (held !== undefined) run.warn(held);
  return recordedOf(drive, session.id, observed, held);
}

/** A run under way. */
interface Drive {
  readonly arrays: (name: string | undefined) => PowerStoreArray;
  readonly array: PowerStoreArray;
  readonly inputs: ImportSessionInputs;
  readonly known: Known;
  readonly run: Run;
  readonly record: Recorder<RecordedImport>;
  readonly trail: Trail;
  /** Undefined until the session is made or found. */
  sessionId: string | undefined;
  /** How long the copy will still last, by the last look. */
  forecastMs: number | undefined;
}

function settlingOf(drive: Drive): Settling<ObservedImport, ForwardAct> {
  const { array, inputs, known, run, trail } = drive;
  const forecast = forecaster();
  return {
    get attempted() {
      return `bring import session ${drive.sessionId ?? `of ${inputs.sourceResourceId}`} to ${targetOf(inputs)}`;
    },
    on: array.title,
    lostAnswerGraceMs,
    recent: recentCutovers(known),
    async observe(signal) {
      const { sessionId } = drive;
      const observed = await (sessionId === undefined
        ? observeByName(array, inputs, signal)
        : observeById(array, sessionId, signal));
      drive.forecastMs = forecast(copySight(observed, array.nowMs()));
      return { ...observed, unready: await unreadyMember(drive.arrays, inputs, observed.session, signal) };
    },
    plan(observed) {
      // A session found by its name is not recorded yet, but the gate is asked about it all the same.
      const forward = forwardOf(inputs, observed.session?.id ?? "", run.clock.nowMs());
      const { cutOverFrom } = trail;
      const shutGate = forward.shutGate ?? observed.unready;
      return planForward({ ...forward, shutGate, mayCreate: drive.sessionId === undefined, cutOverFrom }, observed);
    },
    opportunity: opportunityOf,
    act: (act, observed, confirm) => send(drive, act, observed, confirm),
    paceMs: (_, looks) => paceMs(array.settings, looks, drive.forecastMs),
    // The state changes with the answer.
    showsAfterMs: 0,
    rest: array.watch.rest,
    turns: array.turns,
    onStep: (observed, step) => takeNote(drive, observed, step),
    shown: shownText,
    movement: (observed) => movementOf(observed, array.nowMs()),
    stallLimits: stallLimitsOf(array.settings),
  };
}

async function send(drive: Drive, act: ForwardAct, observed: ObservedImport, confirm: Confirm): Promise<void> {
  const { array, inputs, run, trail } = drive;
  const reason = `${observed.session?.state ?? "no session yet"}, wanted ${targetOf(inputs)}`;
  if (act.name === "create" && (inputs.scheduledTimestamp ?? Number.POSITIVE_INFINITY) <= run.clock.nowMs())
    run.warn("the scheduled start has passed: the import starts at once");
  try {
    drive.sessionId = (await sendForward(array, inputs, act, run.clock, confirm)) ?? drive.sessionId;
    trail.sent(act, reason);
  } catch (error) {
    if (error instanceof MigrationError && fateOfAct(error) === "unknown") trail.sent(act, reason, " (answer lost)");
    if (error instanceof MigrationError && error.kind === "refused") trail.refused(act, reason);
    throw error;
  } finally {
    // The trail is recorded at once: the run may end before the next look.
    if (drive.sessionId !== undefined) drive.record(recordedOf(drive, drive.sessionId, observed));
  }
}

function takeNote(drive: Drive, observed: ObservedImport, step: Step<ForwardAct>): void {
  const { array, inputs, run, trail } = drive;
  const { session } = observed;
  const leftMs = shownLeftMs(copySight(observed, array.nowMs()), drive.forecastMs);
  run.progress(...progressText(observed, step, targetOf(inputs), leftMs));
  trail.seen(session?.state);
  const isLeftOver = step.kind === "act" && step.acts.some(({ name }) => name === "remove");
  if (session === undefined || isLeftOver) return;
  // Found by its name: what an interrupted run made is this resource's session from here on.
  if (drive.sessionId === undefined && trail.actions.length === 0) trail.found();
  drive.sessionId = session.id;
  drive.record(recordedOf(drive, session.id, observed, step.kind === "held" ? step.reason : undefined));
}

/** What is recorded of a session that was seen, or that is made and not looked at yet. */
function recordedOf(
  { array, known, trail }: Drive,
  id: string,
  { session, members }: ObservedImport,
  held?: string,
): Recorded<RecordedImport> {
  const endpoint = array.settings.origin;
  const actions = [...trail.actions];
  if (session === undefined) return { id, state: recordOfCreated(id, actions, endpoint) };
  return { id, state: recordOf(session, members, { adopted: known.adopted, actions, held, endpoint }) };
}

function targetOf({ targetState = "Ready_For_Cutover" }: ImportSessionInputs): TargetState {
  return targetState;
}
