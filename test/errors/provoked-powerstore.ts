import { openPollScheduler } from "../../provider/core/array/poll-scheduler.ts";
import { openSemaphore } from "../../provider/core/async/semaphore.ts";
import type { HttpAnswer, HttpRequest } from "../../provider/core/http/exchange.ts";
import { certainStep } from "../../provider/core/reconcile/step.ts";
import { type PowerStoreArray, powerStoreArray } from "../../provider/powerstore/connect.ts";
import { sendAction } from "../../provider/powerstore/import-session/act/send.ts";
import { type CancelHistory, nothingCancelled } from "../../provider/powerstore/import-session/cancel-history.ts";
import type { ImportSessionInputs } from "../../provider/powerstore/import-session/inputs.ts";
import { confirmAdoptable, uselessGate } from "../../provider/powerstore/import-session/observe/adopt.ts";
import { findOwn } from "../../provider/powerstore/import-session/observe/find.ts";
import { confirmSameArray } from "../../provider/powerstore/import-session/observe/observe.ts";
import { newRun, type RunMemory } from "../../provider/powerstore/import-session/observed.ts";
import { planCancel } from "../../provider/powerstore/import-session/plan/cancel.ts";
import { actOn } from "../../provider/powerstore/import-session/plan/forward.ts";
import type { ForwardGoal } from "../../provider/powerstore/import-session/plan/goal.ts";
import { ownOnly } from "../../provider/powerstore/import-session/plan/own.ts";
import { planStep } from "../../provider/powerstore/import-session/plan/plan.ts";
import { diffImport, refuseReplacement } from "../../provider/powerstore/import-session/preview/diff.ts";
import { findImportableVolume } from "../../provider/powerstore/importable-volume.ts";
import { powerStoreLookups } from "../../provider/powerstore/lookups.ts";
import type { WireSession } from "../../provider/powerstore/wire.ts";
import { startPowerStore } from "../arrays/index.ts";
import { settingsFor } from "../core/settings-for.ts";
import { virtualClock } from "../core/virtual-clock.ts";
import {
  sampleGoal,
  sampleInputs,
  sampleObserved,
  sampleRecord,
  sampleSession,
  sampleTarget,
  sampleUrn,
} from "../powerstore/import-session/samples.ts";
import { ending, type Provocation, powerStoreTitle } from "./provoked.ts";

const clock = virtualClock({ startMs: Date.UTC(2030, 0, 1, 10) });
const { signal } = new AbortController();

/** An array that answers every request with this, by the last part of its path. */
function answering(answers: Readonly<Record<string, unknown>>): PowerStoreArray {
  const send = async ({ path, confirm }: HttpRequest): Promise<HttpAnswer> => {
    confirm?.();
    const text = JSON.stringify(answers[path.split("/").at(-1) ?? ""] ?? []);
    return { status: 200, headers: {}, text };
  };
  const settings = settingsFor({ endpoint: "https://powerstore.example.com", username: "admin", password: "-" });
  const connection = {
    title: powerStoreTitle,
    settings,
    http: { arrayName: powerStoreTitle, send, logout: async () => {}, close: async () => {} },
    polls: openPollScheduler(clock, 2000),
    semaphore: openSemaphore(4),
    nowMs: () => clock.nowMs(),
    aheadMs: () => 0,
    logout: async () => {},
  };
  return powerStoreArray(connection, clock);
}
const array = answering({});

/** What a run ends with that finds its session so. */
const forward =
  (session: WireSession | undefined, changes: Partial<ForwardGoal> = {}, run: Partial<RunMemory> = {}) =>
  () => {
    const goal = sampleGoal({ targetState: "Import_Completed", ...changes });
    const step = planStep(goal, sampleObserved(session, [], { run: { ...newRun("7"), ...run } }));
    const recorded = `import session 7 in ${session?.state ?? "Copy_In_Progress"}`;
    return ending(step, `bring import session 7 to ${goal.targetState}`, powerStoreTitle, recorded);
  };

/** What a destroy ends with that finds its session so. */
const cancelled =
  (state: string, history: Partial<CancelHistory> = {}, forceCancel = false) =>
  () => {
    const goal = { ownsRecord: true, forceCancel, forceCancelAfter: undefined, nowMs: 0 };
    const run = { ...newRun("7"), cancels: { ...nothingCancelled, ...history } };
    const step = planCancel(goal, sampleObserved(sampleSession(state), [], { run }));
    return ending(step, "cancel import session 7", powerStoreTitle, "import session 7 in Copy_In_Progress, as before");
  };

/** The refusal of a preview. */
const diff =
  (state: string, inputs: Partial<ImportSessionInputs>, changed: readonly string[], isShown = true) =>
  () => {
    const recorded = { id: "7", state: sampleRecord({ state }) };
    const before = sampleInputs();
    const observed = sampleObserved(isShown ? sampleSession(state) : undefined);
    const step = { kind: "settled", reason: state } as const;
    const target = sampleTarget(inputs, { recorded });
    return diffImport({ target, before, observed, isGone: false, changed, step, nowMs: 0 }).refusal;
  };

const volume = (changes: object = {}) => ({
  id: "sv_42",
  name: "erp-db",
  wwn: "naa.1",
  importable_criteria: "Ready",
  ...changes,
});
const source = (type: string | undefined, volumes: readonly object[]) => () => {
  const remote = type === undefined ? [] : [{ id: "rs-1", name: "old-unity", type }];
  const at = answering({ remote_system: remote, import_unity_volume: volumes });
  return findImportableVolume(at, { remoteSystem: "name:old-unity", name: "erp-db" }, signal);
};

/** A lookup at a simulated array. */
const lookup = (key: object) => async () => {
  const simulated = await startPowerStore();
  const { endpoint, username, password, caCertificate } = simulated;
  const config: Readonly<Record<string, unknown>> = { endpoint, username, password, caCertificate };
  const lookups = powerStoreLookups({ config: (name) => config[name.split(":")[1] ?? ""], environment: {} }, undefined);
  try {
    return await lookups.getImportSession(key);
  } finally {
    await simulated.close();
  }
};

const failedBy = { error: { code: "0xE0A07001001A", message_l10n: "The source volume is offline" } };
const deadEnds = [
  "Failed",
  "Cancelled",
  "Cancel_Required",
  "Cancel_Failed",
  "Cleanup_Required",
  "Cleanup_Failed",
  "Import_Completed_With_Errors",
  "Invalid",
];
const rejected = {
  kind: "rejected",
  state: "Copy_In_Progress",
  text: "the array answered 422 0xE0A070010003: Not allowed in the present state",
  sinceMs: 0,
  atMs: 0,
  rejectedIn: "Copy_In_Progress",
} as const;

const session = "powerstore/import-session";

/** What the PowerStore part can end with. */
export const powerStoreProvocations: readonly Provocation[] = [
  {
    site: `${session}/observe/adopt.ts confirmAdoptable`,
    provoke: () => confirmAdoptable("7", undefined, sampleInputs(), powerStoreTitle),
  },
  {
    site: `${session}/observe/adopt.ts confirmAdoptable 2`,
    provoke: () =>
      confirmAdoptable("7", sampleSession("Queued", { parent_session_id: "6" }), sampleInputs(), powerStoreTitle),
  },
  {
    site: `${session}/observe/adopt.ts uselessGate`,
    provoke: () => uselessGate("7", sampleInputs({ cutoverApproval: { code: "" } }), powerStoreTitle),
  },
  {
    site: `${session}/observe/find.ts nameTaken`,
    provoke: () => {
      const other = answering({ import_session: [sampleSession("Queued", { name: "erp-prod-orders" })] });
      const inputs = sampleInputs({ sessionName: "erp-prod-orders" });
      return findOwn({ ...other, signal }, { inputs, urn: sampleUrn });
    },
  },
  {
    site: `${session}/plan/own.ts strange`,
    provoke() {
      const description = "[pulumi:0123456789ab]";
      const observed = sampleObserved(sampleSession("Ready_For_Cutover", { description }));
      const cutover = actOn({ kind: "cutover", sessionId: "7", from: "Ready_For_Cutover" });
      const foreseen = certainStep(ownOnly(cutover, observed, sampleTarget({})));
      const recorded = "import session 7 in Ready_For_Cutover";
      return ending(foreseen, "bring import session 7 to Import_Completed", powerStoreTitle, recorded);
    },
  },
  {
    site: `${session}/plan/plan.ts importedBefore`,
    provoke() {
      const observed = sampleObserved(undefined, [], { importedBy: "6", run: newRun(undefined) });
      const step = planStep(sampleGoal(), observed);
      return ending(step, "bring import session of sv_42 to Ready_For_Cutover", powerStoreTitle, "nothing");
    },
  },
  { site: `${session}/plan/plan.ts gone`, provoke: forward(undefined) },
  {
    site: `${session}/plan/forward.ts cutover`,
    provoke: forward(
      sampleSession("Import_Cutover_Incomplete"),
      {},
      { cutOverFrom: ["Ready_For_Cutover", "Import_Cutover_Incomplete"] },
    ),
  },
  {
    site: `${session}/plan/forward.ts wasComplete`,
    provoke: forward(sampleSession("Ready_For_Cutover"), { mayBeGone: "Import_Completed" }),
  },
  ...deadEnds.map((state) => ({
    site: `${session}/plan/forward.ts stuckAt`,
    provoke: forward(sampleSession(state, state === "Failed" ? failedBy : {})),
  })),
  {
    site: `${session}/plan/forward.ts stuckAt`,
    provoke: forward(sampleSession("Failed", failedBy), { isAdopted: true }),
  },
  {
    site: `${session}/plan/forward.ts stuckAt`,
    provoke: forward(sampleSession("Failed", failedBy), { isCutOver: true }),
  },
  {
    site: `${session}/plan/forward.ts stuckAt`,
    provoke: forward(sampleSession("Import_Cutover_Incomplete"), { targetState: "Ready_For_Cutover" }),
  },
  {
    site: `${session}/preview/diff.ts refusedRetreat`,
    provoke: diff("Ready_For_Cutover", { targetState: "Mirror_Enabled" }, ["targetState"]),
  },
  {
    site: `${session}/preview/diff.ts refusedReplacement`,
    provoke: diff("Copy_In_Progress", { sourceResourceId: "sv_43" }, ["sourceResourceId"]),
  },
  {
    site: `${session}/preview/diff.ts refusedReplacement`,
    provoke: diff("Import_Completed", { sourceResourceId: "sv_43" }, ["sourceResourceId"]),
  },
  {
    site: `${session}/preview/diff.ts lostCopy`,
    provoke: diff("Ready_For_Cutover", { wave: { part: "copy" } }, ["sourceResourceId"], false),
  },
  {
    site: `${session}/preview/diff.ts refuseReplacement`,
    provoke: () =>
      refuseReplacement(
        { id: "7", state: sampleRecord() },
        sampleInputs({ sessionId: "7", copyAgain: "7" }),
        sampleInputs(),
      ),
  },
  {
    site: `${session}/observe/observe.ts confirmSameArray`,
    provoke: () => confirmSameArray(array, "7", "https://old.example.com"),
  },
  {
    site: `${session}/act/send.ts confirmOpen`,
    provoke: () => {
      const cutover = { kind: "cutover", sessionId: "7", from: "Ready_For_Cutover" } as const;
      const observed = sampleObserved(sampleSession("Ready_For_Cutover"));
      return sendAction(array, cutover, observed, sampleTarget({ cutoverApproval: { code: "" } }), {
        clock,
        confirm() {},
      });
    },
  },
  {
    site: `${session}/plan/cancel.ts planCancel`,
    provoke: cancelled("Cleanup_Required", { cleanup: { before: undefined, isDone: true } }),
  },
  { site: `${session}/plan/cancel.ts planCancel 2`, provoke: cancelled("Cleanup_Failed") },
  { site: `${session}/plan/cancel.ts cancel`, provoke: cancelled("Copy_In_Progress", { forced: rejected }, true) },
  { site: `${session}/plan/cancel.ts cancel 2`, provoke: cancelled("Copy_In_Progress", { graceful: rejected }) },
  { site: "powerstore/importable-volume.ts findImportableVolume", provoke: source(undefined, []) },
  { site: "powerstore/importable-volume.ts onlyImportable", provoke: source("Unity", []) },
  {
    site: "powerstore/importable-volume.ts onlyImportable 2",
    provoke: source("Unity", [volume(), volume({ id: "sv_9", wwn: "naa.2" })]),
  },
  {
    site: "powerstore/importable-volume.ts onlyImportable 3",
    provoke: source("Unity", [volume({ importable_criteria: "Host_Volume_Offline" })]),
  },
  { site: "powerstore/lookups.ts getImportSession", provoke: lookup({ name: "nobody" }) },
  { site: "powerstore/lookups.ts oneOf", provoke: lookup({}) },
];
