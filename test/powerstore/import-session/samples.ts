import type { ImportSessionInputs } from "../../../provider/powerstore/import-session/inputs.ts";
import type { Forward } from "../../../provider/powerstore/import-session/plan/forward.ts";
import type { RecordedImport } from "../../../provider/powerstore/import-session/recorded.ts";
import type { WireSession } from "../../../provider/powerstore/wire.ts";

export const sampleUrn = "urn:pulumi:prod::erp::pulumi-nodejs:dynamic/pulumi-storage-migration:ImportSession::orders";

/** The inputs of a session that is created. */
export function sampleInputs(changes: Partial<ImportSessionInputs> = {}): ImportSessionInputs {
  return {
    resourceUrn: sampleUrn,
    remoteSystemId: "rs-1",
    sourceResourceId: "sv_42",
    type: "Non_Disruptive",
    ...changes,
  };
}

/** A session as it is observed; a volume's, not done yet. */
export function sampleSession(state: string, changes: Partial<WireSession> = {}): WireSession {
  return { id: "7", state, type: "Non_Disruptive", ...changes };
}

/** The way forward with nothing done by anybody. */
export function sampleForward(changes: Partial<Forward> = {}): Forward {
  return {
    targetState: "Ready_For_Cutover",
    paused: false,
    sourceStopped: false,
    destinationStarted: false,
    shutGate: undefined,
    scheduledMs: undefined,
    automaticCutover: false,
    isCutOverElsewhere: false,
    mayCreate: false,
    cutOverFrom: [],
    ...changes,
  };
}

/** What is recorded of a session that this program created. */
export function sampleRecord(changes: Partial<RecordedImport> = {}): RecordedImport {
  return {
    sessionId: "7",
    state: "Ready_For_Cutover",
    adopted: false,
    sessionType: "Non_Disruptive",
    actions: [],
    ...changes,
  };
}

/** Inputs for the default inventory of the simulated array: a volume without disruption, one agentless, and a group of each kind. */
export const simulatedSources = {
  volume: sampleInputs({ remoteSystemId: "name:old-unity", sourceResourceId: "sv_42" }),
  agentlessVolume: sampleInputs({
    remoteSystemId: "name:old-unity",
    sourceResourceId: "sv_44",
    type: "Agentless",
    hostIds: ["name:esx-01"],
  }),
  group: sampleInputs({ remoteSystemId: "name:old-unity", sourceResourceId: "res_7" }),
  agentlessGroup: sampleInputs({
    remoteSystemId: "name:old-unity",
    sourceResourceId: "res_8",
    type: "Agentless",
    hostGroupIds: ["name:esx-cluster"],
  }),
} as const;
