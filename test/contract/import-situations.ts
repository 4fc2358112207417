import { claimsInMemory } from "../../provider/core/claims.ts";
import { dynamicHooks } from "../../provider/core/pulumi/hooks.ts";
import { connectPowerStore } from "../../provider/powerstore/connect.ts";
import { importSessionResource } from "../../provider/powerstore/import-session/resource.ts";
import type { Fault } from "../arrays/faults.ts";
import { type PowerStoreOptions, type SimulatedPowerStore, startPowerStore, steppedClock } from "../arrays/index.ts";
import { toldDeployment } from "../core/pulumi/volume-resource.ts";
import { settingsFor } from "../core/settings-for.ts";
import { type VirtualClock, virtualClock } from "../core/virtual-clock.ts";
import { type OneResourceStack, oneResourceStack } from "./one-resource-stack.ts";
import { shownIn, writtenIn } from "./seen-since.ts";
import type { HowTo, Situation } from "./situation.ts";

const volume = {
  remoteSystemId: "name:old-unity",
  sourceResourceId: "sv_42",
  type: "Non_Disruptive",
  timeouts: { create: "4h", update: "2h", delete: "30m" },
};
const agentless = { ...volume, sourceResourceId: "sv_44", type: "Agentless", hostIds: ["name:esx-01"] };
const never = new AbortController().signal;

/** How the actions of the records that are not in today's form are recorded today. */
const created = { act: "create", at: "2030-01-01T00:00:00.000Z", reason: "no session yet, wanted Ready_For_Cutover" };
const cutOver = {
  act: "cutover",
  at: "2030-01-01T00:09:10.015Z",
  reason: "Ready_For_Cutover, wanted Import_Completed",
  from: "Ready_For_Cutover",
};

/** What stands on the row is a warning, too. */
const asWarning = (text: string) => [text, `warning: ${text}`];

/** The situations of an import session, by the names of their records. */
export const importSituations = {
  "import-ready": { destroy: ["cancel", "remove"], preview: "same", begin: imported(({ up }) => up(volume)) },
  "import-held": {
    said: asWarning('held until approved: set cutoverApproval to { code: "<id>" }'),
    destroy: ["cancel", "remove"],
    preview: "same",
    begin: imported(({ up }) => up({ ...volume, targetState: "Import_Completed", cutoverApproval: "" })),
  },
  "import-completed": {
    destroy: ["remove"],
    preview: "same",
    begin: imported(({ up }) => up({ ...volume, targetState: "Import_Completed", description: "wave 3" })),
    actions: [
      { ...created, reason: "no session yet, wanted Import_Completed" },
      { ...cutOver, at: "2030-01-01T00:09:10.875Z" },
    ],
  },
  "import-adopted": {
    destroy: ["cancel"],
    preview: "same",
    begin: imported(async ({ up }, array) => {
      const id = array.operator.create({
        name: "by-hand",
        remote_system_id: "name:old-unity",
        source_resource_id: "sv_42",
      });
      await up({ sessionId: id, targetState: "Ready_For_Cutover" });
    }),
  },
  // As a release recorded it that kept the wave's members in the state.
  "import-wave-cutover": {
    said: asWarning(`held: until approved: set the wave's cutoverApproval to "wave"`),
    destroy: ["cancel"],
    preview: "same",
    begin: imported(async ({ up }, array) => {
      const id = array.operator.create({
        name: "erp-prod-wave-db",
        remote_system_id: "name:old-unity",
        source_resource_id: "sv_42",
      });
      const hold = 'until approved: set the wave\'s cutoverApproval to "wave"';
      const wave = { part: "cutover", hold, isApprovalAsked: true, members: [{ sessionId: id }] };
      await up({ sessionId: id, targetState: "Import_Completed", wave });
    }),
  },
  "import-group": {
    destroy: ["cancel", "remove"],
    preview: "same",
    begin: imported(({ up }) => up({ ...volume, sourceResourceId: "res_7" })),
  },
  "import-agentless-gate": {
    said: asWarning(
      "held: start the application on the destination volume, then set hostSteps.destinationStarted to true",
    ),
    destroy: ["cancel", "remove"],
    preview: "same",
    begin: imported(({ up }) => up({ ...agentless, hostSteps: { sourceStopped: true } })),
  },
  "import-failed": {
    said: [
      'would fail: the session is Failed: 0xE0201010001 The connection to the source was lost. To throw its copy away and copy again from the beginning, set copyAgain: "<id>" and run `pulumi up`. To give the import up, destroy the resource.',
    ],
    destroy: ["remove"],
    preview: "refused",
    begin: imported(async ({ up }, array, clock) => {
      void clock.sleep(120_000, never).then(() => {
        const [session] = array.sessions();
        if (session !== undefined) array.fail(session.id, "0xE0201010001", "The connection to the source was lost.");
      });
      await up(volume);
    }),
  },
  "import-timed-out": {
    said: ["wait: copying; then rest at Ready_For_Cutover"],
    destroy: ["cancel", "remove"],
    preview: "update",
    begin: imported(
      async ({ up }, array) => {
        await up({ ...volume, timeouts: { create: "10m" } });
        array.setRate(array.sessions()[0]?.id ?? "", 1024 ** 4);
      },
      { bytesPerSecond: 0 },
    ),
  },
  "import-cutover-lost": { ...cutover({ kind: "lose-answer" }), actions: [created, { ...cutOver, outcome: "lost" }] },
  "import-cutover-refused": {
    ...cutover({ kind: "status", status: 422, handled: true }),
    actions: [created, { ...cutOver, outcome: "rejected" }],
  },
  // The same as they are recorded since the audit log says the outcome by itself.
  "import-cutover-outcome-lost": cutover({ kind: "lose-answer" }),
  // The same since the output `cutOver` says it for ever.
  "import-cut-over": cutover({ kind: "lose-answer" }),
  "import-cutover-outcome-rejected": cutover({ kind: "status", status: 422, handled: true }),
} as const satisfies Readonly<Record<string, HowTo>>;

/** A run that sent a cutover, got no answer or a rejection, and ended before the array showed that it cut over. */
function cutover(fault: Fault) {
  return {
    begin: imported(
      async ({ up }, array) => {
        await up(volume);
        array.faults.add({ when: { method: "POST", path: /cutover/ }, do: fault });
        await up({ ...volume, targetState: "Import_Completed", timeouts: { update: "20s" } });
      },
      { timings: { actionLagMs: 50_000 } },
    ),
    preview: "update",
    said: asWarning("cut over (irreversible): source sv_42 will no longer be kept in sync"),
    settlesAfterMs: 60_000,
    destroy: ["remove"],
  } as const;
}

function imported(
  story: (stack: OneResourceStack, array: SimulatedPowerStore, clock: VirtualClock) => Promise<void>,
  options: PowerStoreOptions = {},
): () => Promise<Situation> {
  return async () => {
    const arrayClock = steppedClock();
    const clock = virtualClock({ along: [arrayClock] });
    const array = await startPowerStore({ clock: arrayClock, ...options });
    const connection = connectPowerStore(settingsFor(array), { clock });
    const resource = importSessionResource(() => connection);
    const kind = {
      name: "orders",
      type: "pulumi-nodejs:dynamic/powerstore:ImportSession",
      provider: 'exports.handler=()=>require("pulumi-storage-migration/provider").importSession',
    };
    const deployment = toldDeployment(clock);
    const stack = oneResourceStack(kind, () => dynamicHooks(resource, { ...deployment, claims: claimsInMemory() }));
    await story(stack, array, clock);
    const before = actionsOf(array).length;
    const saidBefore = deployment.said.length;
    const requestsBefore = array.requests.length;
    return {
      stack,
      endpoint: array.endpoint,
      sessionId: stack.resource?.id,
      said: () =>
        shownIn(deployment.said.slice(saidBefore)).map((text) => text.replaceAll(stack.resource?.id ?? "", "<id>")),
      sent: () => actionsOf(array).slice(before),
      written: () => writtenIn(array.requests.slice(requestsBefore), /login_session|logout/),
      pass: (ms) => clock.advance(ms),
      shows: () => statesOf(array),
      // Nobody can tell an adopted import that was never begun: it ends cancelled, and its record stays.
      asFound: stack.resource?.outputs.adopted === true ? "Cancelled" : "",
      async close() {
        await connection.logout();
        await array.close();
      },
    };
  };
}

function actionsOf(array: SimulatedPowerStore): readonly string[] {
  return array.acts().map(({ method, path }) => (method === "DELETE" ? "remove" : (path.split("/")[5] ?? "create")));
}

function statesOf(array: SimulatedPowerStore): string {
  const sessions = array.sessions().filter((session) => session.parent_session_id === null);
  return sessions.map(({ state }) => state).join(", ");
}
