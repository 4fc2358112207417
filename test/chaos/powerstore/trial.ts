import type { Properties } from "../../../provider/core/inputs.ts";
import { dynamicHooks } from "../../../provider/core/pulumi/hooks.ts";
import { connectPowerStore } from "../../../provider/powerstore/connect.ts";
import { sessionNameOf } from "../../../provider/powerstore/import-session/naming.ts";
import { importSessionResource } from "../../../provider/powerstore/import-session/resource.ts";
import { startPowerStore, steppedClock } from "../../arrays/index.ts";
import { settingsFor } from "../../core/settings-for.ts";
import type { Resource } from "../stack.ts";
import { timeline } from "../timeline.ts";
import type { Trial } from "../trial.ts";
import { actByHand } from "./by-hand.ts";
import { judgeImport, type TakenAct } from "./judge.ts";
import { sentAct } from "./sent-act.ts";
import { saidAgainst } from "./truth.ts";
import { type Declared, type World, windowS } from "./world.ts";

const urn = "urn:pulumi:chaos::migration::pulumi-nodejs:dynamic/pulumi-storage-migration:ImportSession::erp";
const password = "Never-told-1";
const remoteSystemId = "9ae2f1c0-6a3b-4c8e-8d10-2f4f6f1b7a01";

/** A PowerStore with one import to be made, or taken over. */
export async function importTrial(world: World): Promise<Trial<Declared>> {
  const arrayClock = steppedClock({ startMs: Date.UTC(2030, 0, 1) + (world.aheadS ?? 0) * 1000 });
  const time = timeline(arrayClock);
  const { clock } = time;
  const array = await startPowerStore({
    clock: arrayClock,
    password,
    bytesPerSecond: world.mebibytesPerSecond * 1024 ** 2,
    timings: { actionLagMs: (world.lagS ?? 0) * 1000 },
    ...(world.staleLogin === undefined ? {} : { staleLogin: world.staleLogin }),
  });
  const startMs = clock.nowMs();
  const { type, sourceResourceId } = sources[world.source];
  const name = world.adopts === true ? "made-by-hand" : sessionNameOf({}, urn);
  if (world.adopts === true) {
    array.operator.create({ remote_system_id: remoteSystemId, source_resource_id: sourceResourceId, name, type });
  }
  const taken: TakenAct[] = [];
  const ownSessions = () => array.sessions().filter((one) => one.name === name && one.parent_session_id === null);
  const ownId = () => ownSessions().at(-1)?.id ?? "";

  const shutGate = ({ gate = "none" }: Declared): string | undefined => {
    if (world.automatic === true && world.adopts !== true) return undefined;
    if (gate === "unapproved") return "it is not approved";
    if (gate === "later" && clock.nowMs() < startMs + windowS * 1000) return "its window has not opened";
    if (gate === "over" && clock.nowMs() >= startMs + windowS * 1000) return "its window has closed";
    return undefined;
  };
  const isAgentless = type === "Agentless";
  const isAutomatic = world.automatic === true && world.adopts !== true;
  let furthest = 0;
  let isStartLeftOut = false;
  let isCalm = false;
  let consented: string | undefined;
  const everConsented = new Set<string>();
  let forgotten = 0;
  /** A cutover is for ever: no other session of the source is cut over without consent, as long as the first one is on record. */
  const cutOverBefore = (sessionId: string) => {
    const before = taken
      .slice(forgotten)
      .find((act) => act.name === "cutover" && act.sessionId !== sessionId && !everConsented.has(act.sessionId));
    return before && `session ${before.sessionId} was cut over, and nobody has consented to another copy`;
  };
  /** What a person consents to once there is time to check: that the copy of a session that failed is made again. It stays in the program. */
  const copyAgain = () => {
    const failed = ownSessions().findLast(({ state }) => state === "Failed" || state === "Cancelled");
    if (isCalm && world.adopts !== true) consented = failed?.id ?? consented;
    if (consented !== undefined) everConsented.add(consented);
    return consented;
  };
  /** As declared, but only what can be asked of this world; and never back, which previews refuse. */
  const fitting = (declared: Declared): Declared => {
    const wanted = targets.indexOf(isAutomatic ? "Import_Completed" : declared.target);
    furthest = Math.max(furthest, isAgentless ? wanted : Math.max(wanted, targets.indexOf("Ready_For_Cutover")));
    return { ...declared, target: targets[furthest] ?? "Import_Completed" };
  };

  return {
    time,
    array,
    secrets: [password, Buffer.from(`${array.username}:${password}`).toString("base64")],
    serve(deployment) {
      const connection = connectPowerStore(
        settingsFor(
          { ...array, caCertificate: undefined },
          {
            // Trusting the system's authorities costs more than a whole migration; that they are asked is tested elsewhere.
            insecure: true,
            pollMaximumMs: 120_000,
            requestsInFlight: world.requestsInFlight ?? 1,
          },
        ),
        deployment,
      );
      return {
        connection,
        hooks: dynamicHooks(
          importSessionResource(() => connection),
          deployment,
        ),
      };
    },
    kindOf({ method, path }) {
      if (path === "/api/rest/login_session" || path === "/api/rest/logout") return "login";
      return method === "GET" ? "read" : "act";
    },
    atStake(request) {
      const act = sentAct(request);
      if (act?.name === "force cancel") return { what: "a forced cancel", warning: /force cancel: / };
      return act?.name === "cutover" ? { what: "a cutover", warning: /cut over.*irreversible/ } : undefined;
    },
    program(declared, recorded): Properties {
      const {
        target: targetState,
        paused,
        sourceStopped,
        destinationStarted,
        gate = "none",
        force,
      } = fitting(declared);
      const isScheduled = world.startsAfterS !== undefined && !isStartLeftOut;
      const startsAtMs = isScheduled ? startMs + (world.startsAfterS ?? 0) * 1000 : undefined;
      const windowAt = new Date(startMs + windowS * 1000).toISOString();
      return defined({
        __provider: "provider",
        resourceUrn: urn,
        ...(world.adopts === true
          ? { sessionId: recorded?.id ?? ownId() }
          : {
              remoteSystemId: "name:old-unity",
              sourceResourceId,
              type,
              automaticCutover: isAutomatic ? true : undefined,
              scheduledTimestamp: startsAtMs === undefined ? undefined : new Date(startsAtMs).toISOString(),
            }),
        targetState,
        paused,
        hostSteps: isAgentless ? defined({ sourceStopped, destinationStarted }) : undefined,
        forceCancel: force === "at once" ? true : undefined,
        copyAgain: copyAgain(),
        forceCancelAfter: force === "after 1m" ? "1m" : undefined,
        ...(isAutomatic ? {} : gateInputs[gate](recorded?.id ?? ownId(), windowAt)),
      });
    },
    restart: () => array.restart(),
    endLogins: () => array.endLogins(),
    byHand: (word) => actByHand(array, ownId(), word),
    calm() {
      isCalm = true;
      // A new resource with a start in the past is refused unless a killed run has made its session: "leave it out", it is told.
      isStartLeftOut = array.sessions().length === 0 && clock.nowMs() >= startMs + (world.startsAfterS ?? 0) * 1000;
      const ids = array.sessions().map(({ id }) => id);
      for (const id of ids) for (const word of ["known again", "hosts back", "speed up"]) actByHand(array, id, word);
    },
    untilLoginS: () => 0,
    snapshot: () =>
      array
        .sessions()
        .map(({ id, state }) => `${id.slice(0, 4)} ${state}`)
        .join(", "),
    judge(declared, recorded, process) {
      if (recorded === undefined) forgotten = taken.length;
      return judgeImport({
        nowMs: () => clock.nowMs(),
        lagMs: (world.lagS ?? 0) * 1000,
        ownSessions,
        cutoverBar: (sessionId) => {
          if (fitting(declared()).target !== "Import_Completed") return "it is not the declared target";
          return shutGate(declared()) ?? cutOverBefore(sessionId);
        },
        mayForce: () => hasForce(recorded?.outputs) || (declared().force ?? "never") !== "never",
        taken,
        isKilled: () => process.isKilled,
      });
    },
    contradiction(declared, { id, outputs }) {
      const session = array.sessions().find((one) => one.id === id);
      // Somebody cleared the record of a completed import away.
      if (session === undefined && outputs.state === "Import_Completed") return undefined;
      // Nobody can approve a session whose id is not known yet.
      const isUnapproved = declared.gate === "approved" && !isAutomatic && outputs.cutoverApproval !== id;
      const isGateShut = isUnapproved || shutGate(declared) !== undefined;
      return saidAgainst(array, id, {
        declared: fitting(declared),
        isGateShut,
        saysHeld: outputs.held !== undefined,
      });
    },
    mayFail(declared, recorded, error) {
      const session = array.sessions().find(({ id }) => id === recorded?.id);
      if (recorded === undefined) return world.adopts === true || isTooLate(error);
      if (session === undefined) return world.adopts === true;
      if (session.state === "Import_Cutover_Incomplete") return fitting(declared).target !== "Import_Completed";
      if (session.state === "Failed" || session.state === "Cancelled") return world.adopts === true || isTooLate(error);
      return deadEnds.includes(session.state);
    },
    leftAfterDestroy() {
      const left = ownSessions().filter(({ state }) => world.adopts !== true || !over.includes(state));
      return left.length === 0 ? undefined : left.map(({ id, state }) => `session ${id}, ${state}`).join(", ");
    },
    mayStay({ id }) {
      const state = array.sessions().find((one) => one.id === id)?.state ?? "";
      return ["Cleanup_Failed", "Invalid"].includes(state);
    },
  };
}

const targets = ["Mirror_Enabled", "Ready_To_Start_Copy", "Ready_For_Cutover", "Import_Completed"] as const;
const over = ["Import_Completed", "Import_Completed_With_Errors", "Cancelled", "Failed"];
const deadEnds = [
  "Import_Completed_With_Errors",
  "Cancel_Required",
  "Cancel_Failed",
  "Cleanup_Required",
  "Cleanup_Failed",
  "Invalid",
];

const sources = {
  volume: { type: "Non_Disruptive", sourceResourceId: "sv_42" },
  "agentless volume": { type: "Agentless", sourceResourceId: "sv_44" },
  group: { type: "Non_Disruptive", sourceResourceId: "res_7" },
  "agentless group": { type: "Agentless", sourceResourceId: "res_8" },
} as const;

type Gate = NonNullable<Declared["gate"]>;
const gateInputs: Readonly<Record<Gate, (id: string, windowAt: string) => Properties>> = {
  none: () => ({}),
  unapproved: () => ({ cutoverApproval: "" }),
  approved: (id) => ({ cutoverApproval: id }),
  later: (_, windowAt) => ({ cutoverWindow: { notBefore: windowAt } }),
  over: (_, windowAt) => ({ cutoverWindow: { notAfter: windowAt } }),
};

/** Whether only the program can help: its start has passed, by its own clock or the array's. */
function isTooLate(error: string): boolean {
  return /lies in the past|must be in the future/.test(error);
}

function hasForce(outputs: Resource["outputs"] | undefined): boolean {
  return outputs?.forceCancel === true || outputs?.forceCancelAfter !== undefined;
}

function defined(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
}
