import { MigrationError } from "../../../core/errors.ts";
import type { Findings } from "../../../core/resource.ts";
import { noSources, type SourceKind, sourceKinds } from "../../source-kinds.ts";
import type { WireRemoteSystem, WireSession, WireSource } from "../../wire.ts";
import { consents, type ImportSessionInputs } from "../inputs.ts";
import { ownershipMark } from "../naming.ts";
import { isOver } from "../states.ts";
import type { ImportTarget } from "../target.ts";
import { type FindingArray, lastImporter, sessionsOf } from "./find.ts";

/** What a check before a run shows of a source: what is certain to fail, and what may. */
type SourceCheck = Pick<Findings<unknown>, "refusals" | "warnings">;

/** The resource whose source is checked. */
interface Importing extends Pick<ImportTarget, "urn" | "inputs"> {
  /** Tells the sessions that are over before the source is needed. */
  endsFirst(session: WireSession): boolean;
}

/** Whether the source can be imported: as PowerStore saw it when it last discovered the remote system, so that what it does not list is no certain failure. */
export async function checkSource(array: FindingArray, importing: Importing): Promise<SourceCheck> {
  const { remoteSystemId = "", sourceResourceId = "" } = importing.inputs;
  const remoteSystem = await array.client.findRemoteSystem(remoteSystemId, array.signal);
  if (remoteSystem === undefined)
    return refused("remoteSystemId", `there is no remote system ${remoteSystemId} on ${array.title}`);
  const { id, name = id, type = "" } = remoteSystem;
  if (noSources.includes(type))
    return refused("remoteSystemId", `${name} is a ${type}, and nothing can be imported from one`);
  const warnings = connectionWarnings(name, remoteSystem);
  const kind = sourceKinds[type];
  // A make that this release does not know: the array has the say.
  if (kind === undefined) return warned(...warnings);
  const source = await findSource(array, kind, sourceResourceId);
  if (source instanceof MigrationError)
    return warned(...warnings, `could not be checked before the run: ${source.message}`);
  if (source === undefined)
    return warned(
      ...warnings,
      `source ${sourceResourceId} is not among what PowerStore has discovered on ${name}: check the id, or have PowerStore discover ${name} again`,
    );
  const found = await checkCriterion(array, importing, source.importable_criteria ?? "Undetermined");
  return { ...found, warnings: [...warnings, ...found.warnings] };
}

/** @returns the error of an array that does not let its lists be read: the run may do without them */
async function findSource(
  { client, signal }: FindingArray,
  { volumes, groups }: SourceKind,
  id: string,
): Promise<WireSource | MigrationError | undefined> {
  try {
    const volume = await client.findSource(volumes, id, signal);
    return volume ?? (groups === undefined ? undefined : await client.findSource(groups, id, signal));
  } catch (error) {
    if (error instanceof MigrationError && ["refused", "notFound", "permission"].includes(error.kind)) return error;
    throw error;
  }
}

/**
 * What a criterion means for a type of import. Only `Ready` promises one without disruption, only `Ready_For_Agentless_Import` an agentless one (PowerStore REST
 * 4.1 Swagger, `VolumeImportableCriteriaEnum`, `CGImportableCriteriaEnum`); what speaks of the hosts and their agents says little of an agentless one.
 */
async function checkCriterion(array: FindingArray, importing: Importing, criterion: string): Promise<SourceCheck> {
  const { sourceResourceId: sourceId = "", type = "Non_Disruptive" } = importing.inputs;
  const isAgentless = type === "Agentless";
  if (criterion === (isAgentless ? "Ready_For_Agentless_Import" : "Ready")) return warned();
  if (criterion === "In_Progress") return checkInProgress(array, importing, criterion);
  if (criterion === "Imported") return checkImported(array, importing);
  if (!notImportable.includes(criterion) || (isAgentless && aboutHosts.includes(criterion))) {
    const doubt = `source ${sourceId} may not be importable as ${type}: its importable_criteria is ${criterion}`;
    return warned(`${doubt}${renamedMember(importing.inputs, criterion)}`);
  }
  if (criterion === "Ready_For_Agentless_Import")
    return refused("type", `${sourceId} can be imported Agentless only (importable_criteria ${criterion})`);
  const wayOut = "fix what the criterion names, then have PowerStore discover the remote system again";
  return refused("sourceResourceId", `${sourceId} cannot be imported (importable_criteria ${criterion}); ${wayOut}`);
}

/** The criterion may be older than the end of the session that it speaks of: only a session that exists is in the way. */
async function checkInProgress(
  array: FindingArray,
  { inputs, urn, endsFirst }: Importing,
  criterion: string,
): Promise<SourceCheck> {
  const { sourceResourceId: sourceId = "" } = inputs;
  const { client, signal } = array;
  const importing = (await sessionsOf(array, { inputs })).filter(({ state }) => !isOver(state));
  const parentIds = importing.flatMap(({ parent_session_id: parent }) => parent ?? []);
  const parents = parentIds.length === 0 ? [] : [...(await client.readSessions(parentIds, signal)).values()];
  const wholeOf = (session: WireSession) => parents.find(({ id }) => id === session.parent_session_id) ?? session;
  const inTheWay = importing.map(wholeOf).find((session) => !endsFirst(session));
  if (importing.length === 0)
    return warned(
      `source ${sourceId} may not be importable: its importable_criteria is In_Progress, though no session imports it`,
    );
  if (inTheWay === undefined) return warned();
  const { id, description } = inTheWay;
  if (description?.includes(ownershipMark(urn)) === true)
    return warned(
      `source ${sourceId} is imported by session ${id} of this very resource: would fail, unless that is replaced`,
    );
  const reason = `${sourceId} is imported by session ${id} already (importable_criteria In_Progress); adopt that one with sessionId: "${id}", or cancel it${renamedMember(inputs, criterion)}`;
  return refused("sourceResourceId", reason);
}

/** Another copy of a source that was imported would be one of stale data, so it needs consent: to the session that has imported it, or to the source where none is left. */
async function checkImported(array: FindingArray, { inputs, endsFirst }: Importing): Promise<SourceCheck> {
  const { sourceResourceId: sourceId = "" } = inputs;
  const importer = lastImporter(await sessionsOf(array, { inputs }));
  const consentTo = importer?.id ?? sourceId;
  const doubt = `source ${sourceId} was imported before (importable_criteria Imported): a new copy begins with what the source holds now`;
  if ((importer !== undefined && endsFirst(importer)) || consents(inputs, consentTo)) return warned(doubt);
  const by = importer === undefined ? "" : ` by session ${importer.id}`;
  return refused(
    "sourceResourceId",
    `source ${sourceId} is imported already${by} (importable_criteria Imported), and a cutover is for ever${renamedMember(inputs, "Imported")}; to import it again all the same, set copyAgain: "${consentTo}"`,
  );
}

const aboutHosts = ["Host_Not_Added", "Incompatible_Host_Agent", "Host_Volume_Offline", "Cluster_Node_Count_MisMatch"];

/** The criteria that name what is in the way. Not among them: what PowerStore could not determine, what was imported before, and states of health, which may have passed since the last discovery. */
const notImportable = [
  ...aboutHosts,
  "Ready_For_Agentless_Import",
  "Incompatible_Firmware",
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

/** Neither attribute promises a failure. */
function connectionWarnings(name: string, { state, data_connection_state: connection }: WireRemoteSystem): string[] {
  const attributes = Object.entries({ state, data_connection_state: connection });
  return attributes.flatMap(([attribute, word]) =>
    word === undefined || word === "OK" ? [] : [`remote system ${name}: ${attribute} is ${word}`],
  );
}

export function warned(...warnings: readonly string[]): SourceCheck {
  return { refusals: [], warnings };
}

export function refused(property: string, reason: string): SourceCheck {
  return { refusals: [{ property, reason }], warnings: [] };
}
