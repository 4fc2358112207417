import { MigrationError, outcomeOfAction } from "../../../core/errors.ts";
import type { Confirm } from "../../../core/http/exchange.ts";
import type { Recorded, Recorder } from "../../../core/lifecycle.ts";
import type { AuditEntry } from "../../../core/reconcile/audit-log.ts";
import { etaEstimator, shownLeftMs } from "../../../core/reconcile/eta.ts";
import { pollIntervalMs } from "../../../core/reconcile/pause.ts";
import { reconcile } from "../../../core/reconcile/reconcile.ts";
import type { Reconciler } from "../../../core/reconcile/reconciler.ts";
import type { Run } from "../../../core/reconcile/run.ts";
import { stallLimitsOf } from "../../../core/reconcile/stall.ts";
import type { Step } from "../../../core/reconcile/step.ts";
import type { PowerStoreArray } from "../../connect.ts";
import type { ImportSessionInputs } from "../inputs.ts";
import { observeById, observeByName } from "../observe/find.ts";
import { unreadyMember } from "../observe/wave-members.ts";
import { dedupeKeyOf, type ForwardAction } from "../plan/actions.ts";
import { type ObservedImport, planForward } from "../plan/forward.ts";
import { goalOf } from "../plan/goal.ts";
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
  readonly actions: readonly AuditEntry[];
}

/** Brings a session to where the inputs want it, from wherever it is: creates it, continues it, moves it on. All the same loop. */
export async function reconcileImport(
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
  const { kind, reason, observed } = await reconcile(settlingOf(drive), run);
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

function settlingOf(drive: Drive): Reconciler<ObservedImport, ForwardAction> {
  const { array, inputs, known, run, trail } = drive;
  const forecast = etaEstimator();
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
      const forward = goalOf(inputs, observed.session?.id ?? "", run.clock.nowMs());
      const { cutOverFrom } = trail;
      const shutGate = forward.shutGate ?? observed.unready;
      return planForward({ ...forward, shutGate, mayCreate: drive.sessionId === undefined, cutOverFrom }, observed);
    },
    dedupeKey: dedupeKeyOf,
    send: (act, observed, confirm) => send(drive, act, observed, confirm),
    pollIntervalMs: (_, looks) => pollIntervalMs(array.settings, looks, drive.forecastMs),
    // The state changes with the answer.
    showsAfterMs: 0,
    waitForNextPoll: array.polls.waitForNextPoll,
    semaphore: array.semaphore,
    onStep: (observed, step) => takeNote(drive, observed, step),
    shown: shownText,
    progressMarker: (observed) => movementOf(observed, array.nowMs()),
    stallLimits: stallLimitsOf(array.settings),
  };
}

async function send(drive: Drive, act: ForwardAction, observed: ObservedImport, confirm: Confirm): Promise<void> {
  const { array, inputs, run, trail } = drive;
  const reason = `${observed.session?.state ?? "no session yet"}, wanted ${targetOf(inputs)}`;
  if (act.name === "create" && (inputs.scheduledTimestamp ?? Number.POSITIVE_INFINITY) <= run.clock.nowMs())
    run.warn("the scheduled start has passed: the import starts at once");
  try {
    drive.sessionId = (await sendForward(array, inputs, act, run.clock, confirm)) ?? drive.sessionId;
    trail.sent(act, reason);
  } catch (error) {
    if (error instanceof MigrationError && outcomeOfAction(error) === "unknown")
      trail.sent(act, reason, " (answer lost)");
    if (error instanceof MigrationError && error.kind === "refused") trail.refused(act, reason);
    throw error;
  } finally {
    // The trail is recorded at once: the run may end before the next look.
    if (drive.sessionId !== undefined) drive.record(recordedOf(drive, drive.sessionId, observed));
  }
}

function takeNote(drive: Drive, observed: ObservedImport, step: Step<ForwardAction>): void {
  const { array, inputs, run, trail } = drive;
  const { session } = observed;
  const leftMs = shownLeftMs(copySight(observed, array.nowMs()), drive.forecastMs);
  run.progress(...progressText(observed, step, targetOf(inputs), leftMs));
  trail.seen(session?.state);
  const isLeftOver = step.kind === "act" && step.actions.some(({ name }) => name === "remove");
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
