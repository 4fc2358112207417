import { openPollScheduler } from "../../provider/core/array/poll-scheduler.ts";
import { openSemaphore } from "../../provider/core/async/semaphore.ts";
import type { HttpAnswer, HttpRequest } from "../../provider/core/http/exchange.ts";
import { type PowerStoreArray, powerStoreArray } from "../../provider/powerstore/connect.ts";
import { sendForward } from "../../provider/powerstore/import-session/act/send-forward.ts";
import { refuseAdoption, refusedGate } from "../../provider/powerstore/import-session/observe/adopt.ts";
import { findOwn } from "../../provider/powerstore/import-session/observe/find.ts";
import { confirmSameArray } from "../../provider/powerstore/import-session/observe/same-array.ts";
import { planCancelling, type SentCancels } from "../../provider/powerstore/import-session/plan/cancel.ts";
import { planForward } from "../../provider/powerstore/import-session/plan/forward.ts";
import { refusedSuccessor, reviewImport } from "../../provider/powerstore/import-session/preview/diff.ts";
import { findImportableVolume } from "../../provider/powerstore/importable-volume.ts";
import { powerStoreLookups } from "../../provider/powerstore/lookups.ts";
import type { WireSession } from "../../provider/powerstore/wire.ts";
import { startPowerStore } from "../arrays/index.ts";
import { settingsFor } from "../core/settings-for.ts";
import { virtualClock } from "../core/virtual-clock.ts";
import { sampleForward, sampleInputs, sampleRecord, sampleSession } from "../powerstore/import-session/samples.ts";
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
  const session = { arrayName: powerStoreTitle, send, logout: async () => {}, close: async () => {} };
  const [watch, turns] = [openPollScheduler(clock, 2000), openSemaphore(4)];
  const nowMs = () => clock.nowMs();
  return powerStoreArray(
    {
      title: powerStoreTitle,
      settings,
      http: session,
      polls: watch,
      semaphore: turns,

      nowMs,
      logout: async () => {},
    },
    clock,
  );
}
const array = answering({});

/** What a run ends with that finds its session so. */
const forward =
  (session: WireSession | undefined, changes = {}, members: readonly WireSession[] = []) =>
  () => {
    const targetState = "Import_Completed";
    const step = planForward(sampleForward({ targetState, ...changes }), { session, members });
    const recorded = `import session 7 in ${session?.state ?? "Copy_In_Progress"}`;
    return ending(step, `bring import session 7 to ${targetState}`, powerStoreTitle, recorded);
  };

/** What a destroy ends with that finds its session so. */
const withdraw =
  (state: string, sent: SentCancels = {}, forceAtOnce = false) =>
  () => {
    const how = { ownsRecord: true, forceAtOnce, forceAfterMs: undefined, sent, nowMs: 0 };
    const step = planCancelling(how, { session: sampleSession(state), members: [] });
    return ending(
      step,
      "take back import session 7",
      powerStoreTitle,
      "import session 7 in Copy_In_Progress, as before",
    );
  };

/** The refusal of a preview. */
const review = (state: string, inputs: object, changed: readonly string[]) => () =>
  reviewImport({
    recorded: { id: "7", state: sampleRecord({ state }) },
    isGone: false,
    inputs: sampleInputs(inputs),
    changed,
    nowMs: 0,
  }).refusal;

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
const refused = {
  state: "Copy_In_Progress",
  text: "the array answered 422 0xE0A070010003: Not allowed in the present state",
  sinceMs: 0,
  atMs: 0,
};

/** What the PowerStore part can end with. */
export const powerStoreProvocations: readonly Provocation[] = [
  {
    site: "powerstore/import-session/adopt.ts refuseAdoption",
    provoke: () => refuseAdoption(array, "7", sampleInputs(), undefined),
  },
  {
    site: "powerstore/import-session/adopt.ts refuseAdoption 2",
    provoke: () => refuseAdoption(array, "7", sampleInputs(), sampleSession("Queued", { parent_session_id: "6" })),
  },
  {
    site: "powerstore/import-session/adopt.ts refusedGate",
    provoke: () => refusedGate("7", sampleInputs({ cutoverApproval: "" }), powerStoreTitle),
  },
  {
    site: "powerstore/import-session/find.ts nameTaken",
    provoke: () => {
      const other = sampleSession("Queued", { name: "erp-prod-orders" });
      return findOwn(answering({ import_session: [other] }), sampleInputs({ sessionName: "erp-prod-orders" }), signal);
    },
  },
  { site: "powerstore/import-session/forward.ts gone", provoke: forward(undefined) },
  {
    site: "powerstore/import-session/forward.ts planOne",
    provoke: forward(sampleSession("Import_Cutover_Incomplete"), { cutOverFrom: ["Import_Cutover_Incomplete"] }),
  },
  ...deadEnds.map((state) => ({
    site: "powerstore/import-session/forward.ts planOne 2",
    provoke: forward(sampleSession(state, state === "Failed" ? failedBy : {})),
  })),
  {
    site: "powerstore/import-session/forward.ts planOne 2",
    provoke: forward(sampleSession("Import_Cutover_Incomplete"), { targetState: "Ready_For_Cutover" }),
  },
  {
    site: "powerstore/import-session/review.ts refusedRetreat",
    provoke: review("Ready_For_Cutover", { targetState: "Mirror_Enabled" }, ["targetState"]),
  },
  {
    site: "powerstore/import-session/review.ts refusedReplacement",
    provoke: review("Import_Completed", { sourceResourceId: "sv_43" }, ["sourceResourceId"]),
  },
  {
    site: "powerstore/import-session/review.ts refusedSuccessor",
    provoke: () => refusedSuccessor(sampleRecord({ sessionId: "7" }), sampleInputs({ sessionId: "7" })),
  },
  {
    site: "powerstore/import-session/same-array.ts confirmSameArray",
    provoke: () => confirmSameArray(array, { sessionId: "7", endpoint: "https://old.example.com" }),
  },
  {
    site: "powerstore/import-session/send-forward.ts confirmOpen",
    provoke: () => {
      const act = { name: "cutover", sessionId: "7", from: "Ready_For_Cutover" } as const;
      return sendForward(array, sampleInputs({ cutoverApproval: "" }), act, clock, () => {});
    },
  },
  {
    site: "powerstore/import-session/withdraw.ts planWithdraw",
    provoke: withdraw("Cleanup_Required", { cleanedUp: true }),
  },
  { site: "powerstore/import-session/withdraw.ts planWithdraw 2", provoke: withdraw("Cleanup_Failed") },
  {
    site: "powerstore/import-session/withdraw.ts planCancel",
    provoke: withdraw("Copy_In_Progress", { forcedRefusal: refused }, true),
  },
  {
    site: "powerstore/import-session/withdraw.ts planCancel 2",
    provoke: withdraw("Copy_In_Progress", { gracefulRefusal: refused }),
  },
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
