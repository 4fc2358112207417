import type { Lifecycle, Recorded } from "../../core/lifecycle.ts";
import { readWithRetry } from "../../core/reconcile/read-with-retry.ts";
import type { Run } from "../../core/reconcile/run.ts";
import type { PowerStoreArray } from "../connect.ts";
import { cancelImport } from "./act/cancel-import.ts";
import { reconcileImport } from "./act/reconcile-import.ts";
import {
  type ImportSessionInputs,
  importSessionInputNames,
  importSessionInputs,
  recordedImportInputs,
} from "./inputs.ts";
import { confirmAdoptable } from "./observe/adopt.ts";
import { observeById } from "./observe/find.ts";
import { confirmSameArray } from "./observe/same-array.ts";
import { mayBeCutOverElsewhere } from "./observe/wave.ts";
import { rememberedMembers } from "./observe/wave-members.ts";
import { type ObservedImport, planForward } from "./plan/forward.ts";
import { goalOf } from "./plan/goal.ts";
import { refusedSuccessor, refuseImport, reviewImport } from "./preview/diff.ts";
import { announceImport } from "./preview/outlook.ts";
import { announcePartlyKnown } from "./preview/partly-known.ts";
import { preflightImport } from "./preview/preflight.ts";
import { importSessionState, notObservedYet, type RecordedImport, recordOf } from "./recorded.ts";

/** How an import session lives: created or adopted, driven forward, read, taken back. */
export function importSessionLifecycle(
  arrays: (name: string | undefined) => PowerStoreArray,
): Lifecycle<ImportSessionInputs, RecordedImport> {
  const waves = rememberedMembers();
  return {
    inputs: importSessionInputs,
    inputNames: importSessionInputNames,
    recordedInputs: recordedImportInputs,
    // Of an adopted session the id is an input, of a created one an output.
    shadowedInputs: ({ adopted }) => (adopted ? [] : ["sessionId"]),
    state: importSessionState,
    recordedText: ({ id, state }) =>
      `import session ${id} ${state.state === notObservedYet ? "as just made" : `in ${state.state}`}`,
    refuse: refuseImport,
    refuseReplacement: ({ state }, successor) => refusedSuccessor(state, successor),
    preflightMode: ({ array }) => arrays(array).settings.preflight,
    preflight: (inputs, ...when) => preflightImport(beforeRun(arrays(inputs.array)), inputs, ...when),
    async observe({ id, state }, inputs, signal, nowMs) {
      const array = beforeRun(arrays(inputs.array));
      return recordSeen(array, inputs, state, await observeById(array, id, signal), nowMs);
    },
    announce: announceImport,
    announcePartly: announcePartlyKnown,
    recordable: waves.without,
    remember: waves.remember,
    review: reviewImport,

    async create(inputs, run, record) {
      const { sessionId } = inputs;
      if (sessionId !== undefined) await confirmAdoptable(arrays(inputs.array), sessionId, inputs, run);
      const known = { sessionId, adopted: sessionId !== undefined, actions: [] };
      return reconcileImport(arrays, waves.recalled(inputs), known, run, record);
    },

    read: (recorded, inputs, run) => readNow(arrays(inputs.array), recorded, inputs, run),

    async update({ id, state }, inputs, run, record) {
      const adopted = inputs.sessionId !== undefined;
      if (state.state === "Import_Completed") {
        // Nothing is left to send, and the array's record of it may have been cleared away.
        const seen = await readNow(arrays(inputs.array), { id, state: { ...state, adopted } }, inputs, run);
        if (seen?.state.state === "Import_Completed") return seen;
      }
      const known = { sessionId: id, adopted, actions: state.actions };
      return reconcileImport(arrays, waves.recalled(inputs), known, run, record);
    },

    delete: ({ id, state }, inputs, run) =>
      cancelImport(arrays(inputs.array), inputs, { ...state, sessionId: id }, run),
  };
}

function beforeRun(array: PowerStoreArray): PowerStoreArray {
  return { ...array, client: array.previewClient };
}

async function readNow(
  array: PowerStoreArray,
  { id, state }: Recorded<RecordedImport>,
  inputs: ImportSessionInputs,
  run: Run,
): Promise<Recorded<RecordedImport> | undefined> {
  const what = { attempted: `read import session ${id}`, on: array.title };
  const observed = await readWithRetry(what, (signal) => observeById(array, id, signal), run);
  const seen = recordSeen(array, inputs, state, observed, run.clock.nowMs());
  // Forgotten, it would be copied again, perhaps after its cutover and from a stale source.
  return seen ?? (mayBeCutOverElsewhere(inputs, state) ? { id, state } : undefined);
}

/** What is recorded after a look that sends nothing. @returns undefined when the session is gone */
function recordSeen(
  array: PowerStoreArray,
  inputs: ImportSessionInputs,
  before: RecordedImport,
  { session, members }: ObservedImport,
  nowMs: number,
): Recorded<RecordedImport> | undefined {
  if (session === undefined) {
    confirmSameArray(array, before);
    // Somebody cleared the record away; what was imported stays. Forgotten, it would be imported again from a stale source.
    return before.state === "Import_Completed" ? { id: before.sessionId, state: before } : undefined;
  }
  const forward = goalOf(inputs, session.id, nowMs);
  const step = planForward({ ...forward, mayCreate: false, cutOverFrom: [] }, { session, members });
  const held = step.kind === "held" ? step.reason : undefined;
  const { adopted, actions } = before;
  return {
    id: session.id,
    state: recordOf(session, members, { adopted, actions, held, endpoint: array.settings.origin }),
  };
}
