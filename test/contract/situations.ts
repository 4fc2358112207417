import { dynamicHooks } from "../../provider/core/pulumi/hooks.ts";
import { connectEternus } from "../../provider/eternus/connect.ts";
import { recSessionGroupResource } from "../../provider/eternus/rec-session-group/resource.ts";
import { connectPowerStore } from "../../provider/powerstore/connect.ts";
import { importSessionResource } from "../../provider/powerstore/import-session/resource.ts";
import {
  type EternusOptions,
  type PowerStoreOptions,
  type SimulatedEternus,
  type SimulatedPowerStore,
  startEternus,
  startPowerStore,
  steppedClock,
} from "../arrays/index.ts";
import { toldDeployment } from "../core/pulumi/volume-resource.ts";
import { settingsFor } from "../core/settings-for.ts";
import { type VirtualClock, virtualClock } from "../core/virtual-clock.ts";
import { type OneResourceStack, oneResourceStack } from "./one-resource-stack.ts";

/** An array and a stack in a situation that was recorded once. */
export interface Situation {
  readonly stack: OneResourceStack;
  /** What the array is called in a record, and the session's id there if the array chose it: they differ from run to run. */
  readonly endpoint: string;
  readonly sessionId: string | undefined;
  close(): Promise<void>;
}

/** What to do to get into a situation. */
export interface HowTo {
  readonly begin: () => Promise<Situation>;
  /** What today's preview finds to do: nothing, something, or another session in its place. */
  readonly preview: "same" | "update" | "replace";
}

const volume = {
  remoteSystemId: "name:old-unity",
  sourceResourceId: "sv_42",
  type: "Non_Disruptive",
  timeouts: { create: "4h", update: "2h", delete: "30m" },
};
const agentless = { ...volume, sourceResourceId: "sv_44", type: "Agentless", hostIds: ["name:esx-01"] };
const never = new AbortController().signal;

/** Every situation of which there is a record, by the name of its file in `state`. */
export const situations: Readonly<Record<string, HowTo>> = {
  "import-ready": { preview: "same", begin: imported(({ up }) => up(volume)) },
  "import-held": {
    preview: "same",
    begin: imported(({ up }) => up({ ...volume, targetState: "Import_Completed", cutoverApproval: "" })),
  },
  "import-completed": {
    preview: "same",
    begin: imported(({ up }) => up({ ...volume, targetState: "Import_Completed", description: "wave 3" })),
  },
  "import-adopted": {
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
  "import-group": { preview: "same", begin: imported(({ up }) => up({ ...volume, sourceResourceId: "res_7" })) },
  "import-agentless-gate": {
    preview: "same",
    begin: imported(({ up }) => up({ ...agentless, hostSteps: { sourceStopped: true } })),
  },
  "import-failed": {
    preview: "replace",
    begin: imported(async ({ up }, array, clock) => {
      void clock.sleep(120_000, never).then(() => {
        const [session] = array.sessions();
        if (session !== undefined) array.fail(session.id, "0xE0201010001", "The connection to the source was lost.");
      });
      await up(volume);
    }),
  },
  "import-timed-out": {
    preview: "update",
    begin: imported(
      async ({ up }, array) => {
        await up({ ...volume, timeouts: { create: "10m" } });
        array.setRate(array.sessions()[0]?.id ?? "", 1024 ** 4);
      },
      { bytesPerSecond: 0 },
    ),
  },
  "rec-suspended": { preview: "same", begin: group(({ up }) => up({ copySessionIds: [0, 1, 2] })) },
  "rec-partial": {
    preview: "update",
    begin: group(async ({ up }, array) => {
      array.failNext(1, "suspend", "5300", "Copy path error");
      await up({ copySessionIds: [0, 1, 2] });
    }),
  },
  "rec-resumed": {
    preview: "same",
    begin: group(async ({ up }) => {
      await up({ copySessionIds: [0, 1] });
      await up({ copySessionIds: [0, 1], targetState: "Active" });
    }),
  },
  "rec-reversed": {
    preview: "same",
    begin: group(({ up }) => up({ copySessionIds: [0, 1], direction: "Reversed" })),
  },
  "rec-modes": {
    preview: "same",
    begin: group(({ up }) => up({ copySessionIds: [0, 1], transferMode: "Synchronous", recoveryMode: "Manual" })),
  },
  "rec-forced": {
    preview: "same",
    begin: group(({ up }) => up({ copySessionIds: [3], force: true })),
  },
  "rec-membership": {
    preview: "same",
    begin: group(async ({ up }) => {
      await up({ copySessionIds: [0, 1] });
      await up({ copySessionIds: [1, 2] });
    }),
  },
  "rec-suspending": {
    preview: "update",
    begin: group(({ up }) => up({ copySessionIds: [0, 1], timeouts: { create: "8s" } }), {
      behaviour: { suspendDrainMs: 120_000 },
    }),
  },
};

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
    const stack = oneResourceStack(kind, dynamicHooks(resource, toldDeployment(clock)));
    await story(stack, array, clock);
    return {
      stack,
      endpoint: array.endpoint,
      sessionId: stack.resource?.id,
      async close() {
        await connection.logout();
        await array.close();
      },
    };
  };
}

function group(
  story: (stack: OneResourceStack, array: SimulatedEternus, clock: VirtualClock) => Promise<void>,
  options: EternusOptions = {},
): () => Promise<Situation> {
  return async () => {
    const arrayClock = steppedClock();
    const clock = virtualClock({ along: [arrayClock] });
    const array = await startEternus({ clock: arrayClock, sessions: fourSessions, ...options });
    const connection = connectEternus(settingsFor(array), { clock });
    const resource = recSessionGroupResource(() => connection);
    const kind = {
      name: "erp-dr",
      type: "pulumi-nodejs:dynamic/eternus:RecSessionGroup",
      provider: 'exports.handler=()=>require("pulumi-storage-migration/provider").recSessionGroup',
    };
    const stack = oneResourceStack(kind, dynamicHooks(resource, toldDeployment(clock)));
    await story(stack, array, clock);
    return {
      stack,
      endpoint: array.endpoint,
      sessionId: undefined,
      async close() {
        await connection.logout();
        await array.close();
      },
    };
  };
}

const fourSessions: NonNullable<EternusOptions["sessions"]> = [
  { id: 0 },
  { id: 1, transferMode: "Stack" },
  { id: 2, status: "Suspend" },
  { id: 3, transferMode: "Consistency", phase: "Copying", rateMbPerSecond: 0 },
];
