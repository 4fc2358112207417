import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import { readSettings } from "../../provider/core/array/settings.ts";
import { abandoned } from "../../provider/core/async/abortable.ts";
import { MigrationError } from "../../provider/core/errors.ts";
import { errorResponse } from "../../provider/core/http/error-response.ts";
import type { HttpAnswer } from "../../provider/core/http/exchange.ts";
import { connectHttp } from "../../provider/core/http/http.ts";
import { exchangeLimits } from "../../provider/core/http/limits.ts";
import { parseAnswer } from "../../provider/core/http/parse-answer.ts";
import { confirmReplacement } from "../../provider/core/preview/confirm-replacement.ts";
import { dynamicHooks } from "../../provider/core/pulumi/hooks.ts";
import { ownership } from "../../provider/core/pulumi/ownership.ts";
import { trackReplacements } from "../../provider/core/pulumi/replacements.ts";
import { reconcile } from "../../provider/core/reconcile/reconcile.ts";
import { startPowerStore } from "../arrays/index.ts";
import type { VolumeInputs, VolumeState } from "../core/pulumi/volume.ts";
import { playVolume, toldDeployment } from "../core/pulumi/volume-resource.ts";
import { runOn, scripted } from "../core/reconcile/scripted-reconciler.ts";
import { virtualClock } from "../core/virtual-clock.ts";
import { journalOf } from "../engine/direct/journal.ts";
import { type Provocation, powerStoreTitle, provoked } from "./provoked.ts";

const clock = virtualClock({ startMs: Date.UTC(2030, 0, 1, 10) });
const cutOver = { attempted: "cut over import session 7", on: powerStoreTitle };
const seven = "import session 7 in Copy_In_Progress";

const source = (config: Readonly<Record<string, unknown>>) => ({
  config: (key: string) => config[key],
  environment: {},
});
const powerstore = { namespace: "powerstore", title: "PowerStore" };

/** An answer of this status, as `errorResponse` reads it. */
const answered =
  (status: number, code?: string, text?: string, attempted = cutOver.attempted) =>
  () => {
    const answer: HttpAnswer = { status, headers: {}, text: "" };
    return errorResponse(
      answer,
      { ...cutOver, attempted, clock },
      text === undefined ? undefined : { code, text },
    ).withRecorded(seven);
  };

/** Pulumi deletes what it was told to replace. */
function replaceWithWhatCannotBeCreated(): Promise<void> {
  const play = playVolume(clock);
  const reason = "sv_45 cannot be imported (importable_criteria Used_By_NAS); fix what the criterion names";
  play.preflight = async () => ({ refusals: [{ property: "sourceResourceId", reason }], warnings: [] });
  const inputs = { size: 10 };
  const recorded = { id: "7", state: { label: "", isLabelChosen: false, sizeNow: 10, error: undefined, actions: [] } };
  const old = { urn: "urn:v", operation: { kind: "delete" }, inputs, unknown: [], recorded, isPreview: false } as const;
  const open = (given: typeof inputs) => ({ ...play.resource.open(given), title: powerStoreTitle });
  return confirmReplacement({ ...play.resource, open }, old, inputs, runOn(clock));
}

const otherUrn = "urn:pulumi:prod::erp::pulumi-nodejs:dynamic/powerstore:ImportSession::erp-db";
const object = { key: "volume 7", text: "import session 7", property: "sessionId" };

/** A volume on a PowerStore, whose object is import session 7. */
function namedVolume() {
  const { resource } = playVolume(clock);
  const open = (given: { readonly array?: string | undefined; readonly size: number }) => ({
    ...resource.open(given),
    title: powerStoreTitle,
  });
  return { ...resource, open, objects: async () => [object] };
}

/** A volume, and another resource that declares it too. */
async function declaredTwice(run: (hooks: ReturnType<typeof dynamicHooks>) => Promise<unknown> | undefined) {
  const resource = namedVolume();
  const deployment = toldDeployment(clock);
  await deployment.claims.declare(otherUrn, resource.open({ size: 10 }), [object]);
  return run(dynamicHooks(resource, deployment));
}

/** A volume that a program looks up, and that is not there. */
function lookUpNothing() {
  const resource = { ...namedVolume(), record: () => undefined };
  return dynamicHooks(resource, toldDeployment(clock)).read?.("7", volume);
}

/** A volume that another resource has taken over since its last run. */
async function takenSince() {
  const resource = namedVolume();
  const inputs = { size: 20 };
  const array = resource.open(inputs).settings.origin;
  const stamp = { at: new Date(0).toISOString(), sequence: 1, run: "r", who: "w" };
  const takeover = { kind: "takeover", urn: otherUrn, array, object: object.key, ...stamp } as const;
  const deployment = toldDeployment(clock, journalOf([takeover], "run", clock));
  const service = { resource, deployment, replacements: trackReplacements<VolumeInputs, VolumeState>() };
  const operation = { kind: "update", before: { size: 10 } } as const;
  const { resourceUrn: _, size: __, ...state } = recordedVolume;
  const recorded = { id: "7", state };
  const target = { urn: volumeUrn, operation, inputs, unknown: [], recorded, isPreview: false };
  const { drive, confirmOwner } = await ownership(service, target);
  await drive([object], []);
  confirmOwner();
}

const volumeUrn = "urn:pulumi:prod::erp::pulumi-nodejs:dynamic/powerstore:ImportSession::erp-db-old";
const volume = { resourceUrn: volumeUrn, size: 10 };
const recordedVolume = { ...volume, label: "vol-7", isLabelChosen: true, sizeNow: 10, actions: [] };

/** One request to a server of this behaviour. */
async function exchange(listener: RequestListener | undefined, signal?: AbortSignal): Promise<unknown> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const port = portOf(server.address());
  if (listener === undefined) await new Promise((resolve) => server.close(resolve));
  const http = connectHttp({
    clock,
    arrayName: powerStoreTitle,
    origin: `http://127.0.0.1:${port}`,
    requestsInFlight: 1,
  });
  try {
    return await http.send({ method: "GET", path: "/", attempted: "read import session 7", signal });
  } finally {
    await http.close();
    server.closeAllConnections();
    server.close();
  }
}

function portOf(address: string | AddressInfo | null): number {
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function untrusted(): Promise<unknown> {
  const array = await startPowerStore();
  const http = connectHttp({ clock, arrayName: powerStoreTitle, origin: array.endpoint, requestsInFlight: 1 });
  try {
    return await http.send({ method: "GET", path: "/", attempted: "log in" });
  } finally {
    await http.close();
    await array.close();
  }
}

const unanswered = new MigrationError({
  kind: "unreachable",
  attempted: "read import sessions",
  on: powerStoreTitle,
  answered: "the connection failed (ECONNREFUSED)",
  next: "Check the address, the network and the array, then run `pulumi up` again. It resumes where this run stopped.",
});

/** A wait that ends so. */
const waiting =
  (timeoutMs: number, reads: readonly (string | Error)[], stallFailureMs?: number, signal?: AbortSignal) =>
  async () => {
    const now = virtualClock({ startMs: Date.UTC(2030, 0, 1, 10) });
    const attempted = "bring import session 7 to Ready_For_Cutover";
    const { reconciler } = scripted(
      now,
      { reads },
      {
        attempted,
        on: powerStoreTitle,
        progressMarker: () => ({ fingerprint: "43", text: "Copy_In_Progress, 43%, 0 MB/s" }),
        plan: () => ({ kind: "wait", reason: "copying" }) as const,
        stallLimits: { warningMs: undefined, failureMs: stallFailureMs },
      },
    );
    const options = signal === undefined ? { timeoutMs } : { timeoutMs, signal };
    const error = await provoked({ site: attempted, provoke: () => reconcile(reconciler, runOn(now, options)) });
    return error.withRecorded(seven);
  };

/** What the parts that know no vendor can end with. */
export const coreProvocations: readonly Provocation[] = [
  {
    site: "core/array/settings-source.ts wrongSetting",
    provoke: () => readSettings(powerstore, undefined, source({})),
  },
  {
    site: "core/array/settings-source.ts wrongSetting",
    provoke: () => readSettings(powerstore, "east", source({ "powerstore:arrays": { west: {} } })),
  },
  {
    site: "core/pulumi/operations.ts nothingRecorded",
    provoke: () => dynamicHooks(playVolume(clock).resource, toldDeployment(clock)).read?.("7", {}),
  },
  { site: "core/pulumi/operations.ts nothingThere", provoke: lookUpNothing },
  {
    site: "core/pulumi/ownership.ts keepObjects",
    provoke: () => declaredTwice(({ diff }) => diff?.("7", recordedVolume, volume)),
  },
  {
    site: "core/pulumi/ownership.ts takenObjects",
    provoke: () => declaredTwice((hooks) => hooks.delete?.("7", recordedVolume)),
  },
  { site: "core/pulumi/ownership.ts drivenSince", provoke: takenSince },
  { site: "core/preview/confirm-replacement.ts confirmReplacement", provoke: replaceWithWhatCannotBeCreated },
  { site: "core/http/transport-error.ts toMigrationError", provoke: () => exchange(undefined) },
  {
    site: "core/http/transport-error.ts toMigrationError",
    provoke: () => exchange((request) => request.socket.destroy()),
  },
  {
    site: "core/http/transport-error.ts toMigrationError",
    provoke: () => exchange((_, answer) => answer.end("x".repeat(exchangeLimits.answerBytes + 1))),
  },
  {
    site: "core/http/transport-error.ts toMigrationError",
    provoke: () => exchange((_, answer) => answer.end(), AbortSignal.abort()),
  },
  { site: "core/http/transport-error.ts toMigrationError", provoke: untrusted },
  { site: "core/async/abortable.ts abandoned", provoke: () => abandoned("read import sessions", powerStoreTitle) },
  {
    site: "core/http/parse-answer.ts parseAnswer",
    provoke: () =>
      parseAnswer(
        z.object({ id: z.string() }),
        { status: 200, headers: { "content-type": "text/html" }, text: "<p>" },
        cutOver,
      ),
  },
  { site: "core/http/error-response.ts errorResponse", provoke: answered(302) },
  { site: "core/http/error-response.ts errorResponse", provoke: answered(401, undefined, undefined, "log in") },
  { site: "core/http/error-response.ts errorResponse", provoke: answered(403, "0xE0201001", "Insufficient privilege") },
  {
    site: "core/http/error-response.ts errorResponse",
    provoke: answered(404, "0xE0A07001000B", "Import session was not found"),
  },
  {
    site: "core/http/error-response.ts errorResponse",
    provoke: answered(422, "0xE0A070010003", "Not allowed in the present state"),
  },
  { site: "core/http/error-response.ts errorResponse", provoke: answered(503) },
  { site: "core/http/error-response.ts errorResponse", provoke: answered(500) },
  { site: "core/reconcile/stall-guard.ts stallGuard", provoke: waiting(24 * 3_600_000, ["copying"], 3_600_000) },
  { site: "core/reconcile/deadline.ts timedOut", provoke: waiting(3_600_000, ["copying"]) },
  { site: "core/reconcile/deadline.ts timedOut", provoke: waiting(3_600_000, ["copying", unanswered]) },
  {
    site: "core/reconcile/deadline.ts interrupted",
    provoke: waiting(3_600_000, ["copying"], undefined, AbortSignal.abort()),
  },
];
