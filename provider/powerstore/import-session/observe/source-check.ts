import { MigrationError } from "../../../core/errors.ts";
import type { InputFailure } from "../../../core/inputs.ts";
import type { Preflight } from "../../../core/lifecycle.ts";
import type { PowerStoreArray } from "../../connect.ts";
import { noSources, sourceKinds } from "../../source-kinds.ts";
import type { WireRemoteSystem, WireSession, WireSource } from "../../wire.ts";
import type { ImportSessionInputs } from "../inputs.ts";
import { ownershipMark } from "../naming.ts";
import { type ImportType, isOver } from "../states.ts";

/**
 * Whether the source can be imported: as PowerStore saw it when it last discovered the remote system, so that what it does not list is no certain failure.
 *
 * @param endsFirst tells the sessions that are over before the source is needed
 */
export async function checkSource(
  array: PowerStoreArray,
  inputs: ImportSessionInputs,
  endsFirst: (session: WireSession) => boolean,
  signal: AbortSignal,
): Promise<Preflight> {
  const { remoteSystemId = "", sourceResourceId = "", type = "Non_Disruptive" } = inputs;
  const remoteSystem = await array.client.findRemoteSystem(remoteSystemId, signal);
  if (remoteSystem === undefined)
    return refused("remoteSystemId", `there is no remote system ${remoteSystemId} on ${array.title}`);
  const name = remoteSystem.name ?? remoteSystem.id;
  if (noSources.includes(remoteSystem.type ?? ""))
    return refused("remoteSystemId", `${name} is a ${remoteSystem.type}, and nothing can be imported from one`);
  const warnings = connectionWarnings(name, remoteSystem);
  const kind = sourceKinds[remoteSystem.type ?? ""];
  // A make that this release does not know: the array has the say.
  if (kind === undefined) return { refusals: [], warnings };
  const source = await findAmong([kind.volumes, kind.groups], array, sourceResourceId, signal);
  if (source === undefined) {
    const unknown = `source ${sourceResourceId} is not among what PowerStore has discovered on ${name}: check the id, or have PowerStore discover ${name} again`;
    return { refusals: [], warnings: [...warnings, unknown] };
  }
  if (source instanceof MigrationError)
    return { refusals: [], warnings: [...warnings, `could not be checked before the run: ${source.message}`] };
  const criterion = source.importable_criteria ?? "Undetermined";
  const renamed = renamedMember(inputs, criterion);
  switch (importability(criterion, type)) {
    case "importable":
      return { refusals: [], warnings };
    case "doubtful":
      return { refusals: [], warnings: [...warnings, `${doubt(sourceResourceId, criterion, type)}${renamed}`] };
    case "in progress":
      return await inProgress(array, inputs, endsFirst, { warnings, renamed }, signal);
    case "not importable":
      return { refusals: [notImportable(sourceResourceId, criterion, type)], warnings };
  }
}

/** @returns the error of an array that does not let its lists be read: the run may do without them */
async function findAmong(
  kinds: readonly (string | undefined)[],
  { client }: PowerStoreArray,
  id: string,
  signal: AbortSignal,
): Promise<WireSource | MigrationError | undefined> {
  try {
    for (const kind of kinds) {
      const found = kind === undefined ? undefined : await client.findSource(kind, id, signal);
      if (found !== undefined) return found;
    }
    return undefined;
  } catch (error) {
    if (error instanceof MigrationError && ["refused", "notFound", "permission"].includes(error.kind)) return error;
    throw error;
  }
}

/** The criterion may be older than the end of the session that it speaks of: only a session that is there is in the way. */
async function inProgress(
  { client }: PowerStoreArray,
  { sourceResourceId: sourceId = "", resourceUrn }: ImportSessionInputs,
  endsFirst: (session: WireSession) => boolean,
  { warnings, renamed }: { readonly warnings: readonly string[]; readonly renamed: string },
  signal: AbortSignal,
): Promise<Preflight> {
  const sessions = await client.listSessions(`source_resource_id=eq.${encodeURIComponent(sourceId)}`, signal);
  const importing = sessions.filter(({ state }) => !isOver(state));
  const parentIds = importing.flatMap(({ parent_session_id: parent }) => parent ?? []);
  const parents = parentIds.length === 0 ? [] : [...(await client.readSessions(parentIds, signal)).values()];
  const wholeOf = (session: WireSession) => parents.find(({ id }) => id === session.parent_session_id) ?? session;
  const inTheWay = importing.find((session) => !endsFirst(wholeOf(session)));
  if (importing.length > 0 && inTheWay === undefined) return { refusals: [], warnings };
  if (inTheWay === undefined) {
    const stale = `source ${sourceId} may not be importable: its importable_criteria is In_Progress, though no session imports it`;
    return { refusals: [], warnings: [...warnings, stale] };
  }
  const { id, description } = wholeOf(inTheWay);
  if (description?.includes(ownershipMark(resourceUrn)) === true) {
    const own = `source ${sourceId} is imported by session ${id} of this very resource: would fail, unless that is replaced`;
    return { refusals: [], warnings: [...warnings, own] };
  }
  const reason = `${sourceId} is imported by session ${id} already (importable_criteria In_Progress); adopt that one with sessionId: "${id}", or cancel it${renamed}`;
  return { refusals: [{ property: "sourceResourceId", reason }], warnings };
}

type Importability = "importable" | "doubtful" | "in progress" | "not importable";

/**
 * What a criterion means for a type of import. Only `Ready` promises one without disruption, only `Ready_For_Agentless_Import` an agentless one (PowerStore REST
 * 4.1 Swagger, `VolumeImportableCriteriaEnum`, `CGImportableCriteriaEnum`); what speaks of the hosts and their agents says little of an agentless one.
 */
export function importability(criterion: string, type: ImportType): Importability {
  if (criterion === (type === "Agentless" ? "Ready_For_Agentless_Import" : "Ready")) return "importable";
  if (criterion === "In_Progress") return "in progress";
  if (type === "Agentless" && aboutHosts.includes(criterion)) return "doubtful";
  return notImportableCriteria.includes(criterion) ? "not importable" : "doubtful";
}

const aboutHosts = [
  "Ready",
  "Host_Not_Added",
  "Incompatible_Host_Agent",
  "Host_Volume_Offline",
  "Cluster_Node_Count_MisMatch",
];

/** The criteria that name what is in the way. Not among them: what PowerStore could not determine, what was imported before, and states of health, which may have passed since the last discovery. */
const notImportableCriteria = [
  "Ready_For_Agentless_Import",
  "Host_Not_Added",
  "Incompatible_Firmware",
  "Incompatible_Host_Agent",
  "Host_Volume_Offline",
  "Cluster_Node_Count_MisMatch",
  "Replication_Destination",
  "SC_Live_Volume",
  "Used_By_NAS",
  "SC_Portable_Volume",
  "VNX_Internal_Volume",
  "Volume_Size_Not_Multiple_of_8192",
  "Unsupported_Protocol",
  "No_Members",
  "Max_Members",
];

/** A member of a wave that was given another name is a new one to Pulumi: its source is imported already. */
function renamedMember({ wave }: ImportSessionInputs, criterion: string): string {
  if (wave?.part !== "copy" || !["In_Progress", "Imported"].includes(criterion)) return "";
  return "; if this member of the wave was renamed, say so in the wave's formerNames";
}

function notImportable(sourceId: string, criterion: string, type: ImportType): InputFailure {
  if (criterion === "Ready_For_Agentless_Import" && type === "Non_Disruptive") {
    return {
      property: "type",
      reason: `${sourceId} can be imported Agentless only (importable_criteria ${criterion})`,
    };
  }
  const wayOut = "mend what the criterion names, then have PowerStore discover the remote system again";
  const reason = `${sourceId} cannot be imported (importable_criteria ${criterion}); ${wayOut}`;
  return { property: "sourceResourceId", reason };
}

function doubt(sourceId: string, criterion: string, type: ImportType): string {
  return `source ${sourceId} may not be importable as ${type}: its importable_criteria is ${criterion}`;
}

/** Neither attribute promises a failure. */
function connectionWarnings(name: string, { state, data_connection_state: connection }: WireRemoteSystem): string[] {
  const isUp = (word: string | undefined) => word === undefined || word === "OK";
  return [
    ...(isUp(state) ? [] : [`remote system ${name}: state is ${state}`]),
    ...(isUp(connection) ? [] : [`remote system ${name}: data_connection_state is ${connection}`]),
  ];
}

function refused(property: string, reason: string): Preflight {
  return { refusals: [{ property, reason }], warnings: [] };
}
