import { type ImportSessionInputs, recordedImportInputs } from "../../../provider/powerstore/import-session/inputs.ts";
import { newRun, type ObservedImport } from "../../../provider/powerstore/import-session/observed.ts";
import type { ForwardGoal } from "../../../provider/powerstore/import-session/plan/goal.ts";
import type { RecordedImport } from "../../../provider/powerstore/import-session/recorded.ts";
import type { ImportTarget } from "../../../provider/powerstore/import-session/target.ts";
import type { WireSession } from "../../../provider/powerstore/wire.ts";

export const sampleUrn = "urn:pulumi:prod::erp::pulumi-nodejs:dynamic/pulumi-storage-migration:ImportSession::orders";

/** The inputs of a session that is created, as a run has them. */
export function sampleInputs(changes: Partial<ImportSessionInputs> = {}): ImportSessionInputs {
  return { ...recordedImportInputs.parse({}), ...given, ...changes };
}

/** A session as it is read; a volume's, not done yet. */
export function sampleSession(state: string, changes: Partial<WireSession> = {}): WireSession {
  return { id: "7", state, type: "Non_Disruptive", ...changes };
}

/** What a run observes that has this session: its own, recorded or found before. */
export function sampleObserved(
  session: WireSession | undefined,
  members: readonly WireSession[] = [],
  changes: Partial<ObservedImport> = {},
): ObservedImport {
  const run = newRun("7");
  return { session, members, unready: undefined, endpoint: undefined, atMs: 0, aheadMs: 0, run, ...changes };
}

/** The way forward with nothing done by anybody. */
export function sampleGoal(changes: Partial<ForwardGoal> = {}): ForwardGoal {
  return {
    targetState: "Ready_For_Cutover",
    paused: false,
    sourceStopped: false,
    destinationStarted: false,
    closed: [],
    ahead: [],
    scheduledMs: undefined,
    automaticCutover: false,
    isCutOverElsewhere: false,
    mayBeGone: undefined,
    isCutOver: false,
    isAdopted: false,
    copyAgain: undefined,
    importedBefore: undefined,
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

/** An update of a session that this program created, with nothing changed. */
export function sampleTarget(
  inputs: Partial<ImportSessionInputs> = {},
  changes: Partial<ImportTarget> = {},
): ImportTarget & { readonly recorded: NonNullable<ImportTarget["recorded"]> } {
  const wanted = sampleInputs(inputs);
  return {
    urn: sampleUrn,
    operation: { kind: "update", before: wanted },
    inputs: wanted,
    unknown: [],
    isPreview: false,
    ...changes,
    recorded: changes.recorded ?? { id: "7", state: sampleRecord() },
  };
}

/** Something new. */
export function sampleNew(
  inputs: Partial<ImportSessionInputs> = {},
  changes: Partial<ImportTarget> = {},
): ImportTarget {
  return { ...sampleTarget(inputs), operation: { kind: "create" }, recorded: undefined, ...changes };
}

const given = { remoteSystemId: "rs-1", sourceResourceId: "sv_42", type: "Non_Disruptive" } as const;
const simulated = { ...given, resourceUrn: sampleUrn, remoteSystemId: "name:old-unity" } as const;

const named = (...names: string[]) => names;

/** Inputs as a program gives them, for the default inventory of the simulated array: a volume without disruption, one agentless, and a group of each kind. */
export const simulatedSources = {
  volume: simulated,
  agentlessVolume: { ...simulated, sourceResourceId: "sv_44", type: "Agentless", hostIds: named("name:esx-01") },
  group: { ...simulated, sourceResourceId: "res_7" },
  agentlessGroup: {
    ...simulated,
    sourceResourceId: "res_8",
    type: "Agentless",
    hostGroupIds: named("name:esx-cluster"),
  },
} as const;
