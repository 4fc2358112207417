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
import { reconcile } from "../../provider/core/reconcile/reconcile.ts";
import { startPowerStore } from "../arrays/index.ts";
import { playVolume, toldDeployment } from "../core/pulumi/volume-resource.ts";
import { runOn, scripted } from "../core/reconcile/scripted-reconciler.ts";
import { virtualClock } from "../core/virtual-clock.ts";
import { type Provocation, powerStoreTitle, provoked } from "./provoked.ts";

const clock = virtualClock({ startMs: Date.UTC(2030, 0, 1, 10) });
const cutOver = { attempted: "cut over import session 7", on: powerStoreTitle };
const seven = "import session 7 in Copy_In_Progress";

const source = (config: Readonly<Record<string, unknown>>) => ({
  config: (key: string) => config[key],
  environment: {},
});
const powerstore = { namespace: "powerstore", title: "PowerStore" };

/** An answer of this status, as `refusalError` reads it. */
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
function replaceWithWhatCannotBeHad(): Promise<void> {
  const { lifecycle } = playVolume();
  const reason = "sv_45 cannot be imported (importable_criteria Used_By_NAS); mend what the criterion names";
  const preflight = async () => ({ refusals: [{ property: "sourceResourceId", reason }], warnings: [] });
  const inputs = { resourceUrn: "urn:v", size: 10 };
  const recorded = { id: "7", state: { label: "", isLabelChosen: false, sizeNow: 10 } };
  return confirmReplacement({ ...lifecycle, preflight }, recorded, inputs, inputs, runOn(clock));
}

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
  answered: "no connection came about (ECONNREFUSED)",
  next: "Check the address, the network and the array, then run `pulumi up` again: it goes on where this run stopped.",
});

/** A wait that ends so. */
const waiting =
  (timeoutMs: number, looks: readonly (string | Error)[], stallFailureMs?: number, signal?: AbortSignal) =>
  async () => {
    const now = virtualClock({ startMs: Date.UTC(2030, 0, 1, 10) });
    const attempted = "bring import session 7 to Ready_For_Cutover";
    const movement = () => ({ sign: "43", says: "Copy_In_Progress, 43%, 0 MB/s" });
    const changes = {
      attempted,
      on: powerStoreTitle,
      movement,
      plan: () => ({ kind: "wait", reason: "copying" }) as const,
      stallLimits: { warningMs: undefined, failureMs: stallFailureMs },
    };
    const { settling } = scripted(now, { looks }, changes);
    const options = signal === undefined ? { timeoutMs } : { timeoutMs, signal };
    return (await provoked({ site: attempted, provoke: () => reconcile(settling, runOn(now, options)) })).withRecorded(
      seven,
    );
  };

/** What the parts that know no vendor can end with. */
export const coreProvocations: readonly Provocation[] = [
  { site: "core/settings.ts wrong", provoke: () => readSettings(powerstore, undefined, source({})) },
  {
    site: "core/settings.ts wrong",
    provoke: () => readSettings(powerstore, "east", source({ "powerstore:arrays": { west: {} } })),
  },
  {
    site: "core/hooks.ts nothingRecorded",
    provoke: () => dynamicHooks(playVolume().lifecycle, toldDeployment(clock)).read?.("7", {}),
  },
  { site: "core/replacement.ts confirmReplacement", provoke: replaceWithWhatCannotBeHad },
  { site: "core/broken-exchange.ts toMigrationError", provoke: () => exchange(undefined) },
  { site: "core/broken-exchange.ts toMigrationError", provoke: () => exchange((request) => request.socket.destroy()) },
  {
    site: "core/broken-exchange.ts toMigrationError",
    provoke: () => exchange((_, answer) => answer.end("x".repeat(exchangeLimits.answerBytes + 1))),
  },
  {
    site: "core/broken-exchange.ts toMigrationError",
    provoke: () => exchange((_, answer) => answer.end(), AbortSignal.abort()),
  },
  { site: "core/broken-exchange.ts toMigrationError", provoke: untrusted },
  { site: "core/abandon.ts abandoned", provoke: () => abandoned("read import sessions", powerStoreTitle) },
  {
    site: "core/json.ts parseAnswer",
    provoke: () =>
      parseAnswer(
        z.object({ id: z.string() }),
        { status: 200, headers: { "content-type": "text/html" }, text: "<p>" },
        cutOver,
      ),
  },
  { site: "core/refusal.ts refusalError", provoke: answered(302) },
  { site: "core/refusal.ts refusalError", provoke: answered(401, undefined, undefined, "log in") },
  { site: "core/refusal.ts refusalError", provoke: answered(403, "0xE0201001", "Insufficient privilege") },
  { site: "core/refusal.ts refusalError", provoke: answered(404, "0xE0A07001000B", "Import session was not found") },
  {
    site: "core/refusal.ts refusalError",
    provoke: answered(422, "0xE0A070010003", "Not allowed in the present state"),
  },
  { site: "core/refusal.ts refusalError", provoke: answered(503) },
  { site: "core/refusal.ts refusalError", provoke: answered(500) },
  { site: "core/stall-guard.ts stallGuard", provoke: waiting(24 * 3_600_000, ["copying"], 3_600_000) },
  { site: "core/wait.ts timedOut", provoke: waiting(3_600_000, ["copying"]) },
  { site: "core/wait.ts timedOut", provoke: waiting(3_600_000, ["copying", unanswered]) },
  { site: "core/wait.ts interrupted", provoke: waiting(3_600_000, ["copying"], undefined, AbortSignal.abort()) },
];
