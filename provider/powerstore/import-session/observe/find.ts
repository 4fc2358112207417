import { MigrationError } from "../../../core/errors.ts";
import type { PowerStoreClient } from "../../client.ts";
import type { WireSession } from "../../wire.ts";
import type { ImportSessionInputs } from "../inputs.ts";
import { creatorOf, ownershipMark, sessionNameOf, sessionNamesOf } from "../naming.ts";
import type { ObservedImport } from "../observed.ts";
import { isEnding, isOver, isPastCutover } from "../states.ts";
import type { ImportTarget } from "../target.ts";
import { remoteSystemIdOf } from "./remote-system-id.ts";

/** What reading an array needs: its requests, its name for errors, and what ends the read. */
export interface FindingArray {
  readonly client: PowerStoreClient;
  readonly title: string;
  readonly signal: AbortSignal;
}

/** The resource whose session is looked for. */
type Owner = Pick<ImportTarget, "inputs" | "urn">;

/** A session and its members, as the array shows them; where there is none, the session that has imported the source before. */
type Found = Pick<ObservedImport, "session" | "members" | "importedBy">;

/** Reads one session and the sessions of its members. One that is not found is read once more from the list, so that a passing 404 loses nothing. */
export async function findById(array: FindingArray, sessionId: string): Promise<Found> {
  const { client, signal } = array;
  const read = (await client.readSessions([sessionId], signal)).get(sessionId);
  const [listed] =
    read === undefined ? await client.listSessions(`id=eq.${encodeURIComponent(sessionId)}`, signal) : [read];
  return withMembers(array, listed);
}

/**
 * Finds the session that an earlier, interrupted run of this resource may have created, or that another resource of this stack has created for the same source: a
 * resource that was renamed or moved takes its session over.
 *
 * @throws MigrationError `identity` when the name is taken by a session of somebody else, or of another source
 */
export async function findByName(array: FindingArray, owner: Owner): Promise<Found> {
  const session = await findOwn(array, owner);
  if (session === undefined) {
    const sessions = await sessionsOf(array, owner);
    const taken = await takeableOf(array, owner, sessions);
    const importedBy = taken === undefined ? lastImporter(sessions)?.id : undefined;
    return { ...(await withMembers(array, taken)), importedBy };
  }
  const difference = await differenceFrom(array, session, owner.inputs);
  if (difference !== undefined) throw nameTaken(array, session, difference, owner.inputs);
  return withMembers(array, session);
}

/** Finds the session of the same source that another resource of this stack has created in the same way, and that is not over or has completed. */
export async function findTakeable(array: FindingArray, owner: Owner): Promise<WireSession | undefined> {
  return takeableOf(array, owner, await sessionsOf(array, owner));
}

async function takeableOf(
  array: FindingArray,
  { inputs, urn }: Owner,
  sessions: readonly WireSession[],
): Promise<WireSession | undefined> {
  const ofStack = sessions.filter((session) => isTakeable(session) && creatorOf(session, urn) !== undefined);
  for (const session of ofStack.toSorted((one, other) => rankOf(one) - rankOf(other)))
    if ((await differenceFrom(array, session, inputs)) === undefined) return session;
  return undefined;
}

/** All sessions of the source that are left on the array. */
export async function sessionsOf(
  { client, signal }: FindingArray,
  { inputs: { sourceResourceId = "" } }: Pick<Owner, "inputs">,
): Promise<readonly WireSession[]> {
  return (await client.readOfSources([sourceResourceId], signal)).get(sourceResourceId) ?? [];
}

/** The session that has cut the source over last, or a part of it: consent to an earlier one does not reach it. */
export function lastImporter(sessions: readonly WireSession[]): WireSession | undefined {
  const imported = sessions.filter(({ state }) => isPastCutover(state));
  const atMs = ({ last_update_timestamp: at = "" }: WireSession) => Date.parse(at) || 0;
  return imported.toSorted((one, other) => atMs(one) - atMs(other)).at(-1);
}

/** Members belong to their group, and what ends without having imported anything is nobody's gain. */
function isTakeable({ state, parent_session_id: parentId }: WireSession): boolean {
  return parentId === undefined && !isEnding(state);
}

/** What is still under way comes first. */
function rankOf({ state }: WireSession): number {
  return isOver(state) ? 1 : 0;
}

/**
 * Finds a session that has the name a new one would get, and belongs to this resource.
 *
 * @throws MigrationError `identity` when it is somebody else's
 */
export async function findOwn(array: FindingArray, { inputs, urn }: Owner): Promise<WireSession | undefined> {
  const names = sessionNamesOf(inputs, urn);
  const found = await array.client.readNamed(names, array.signal);
  const own = [...found.values()].find(({ description }) => description?.includes(ownershipMark(urn)) === true);
  const taken = found.get(sessionNameOf(inputs, urn));
  if (own === undefined && taken !== undefined)
    throw nameTaken(array, taken, "does not carry the mark of this stack and resource", inputs);
  return own;
}

/** Only a session of the same source may be meant. */
function nameTaken(
  { title }: FindingArray,
  { id, name, source_resource_id: source }: WireSession,
  difference: string,
  { sourceResourceId }: ImportSessionInputs,
): MigrationError {
  const adopt = source === sourceResourceId ? `, or adopt that session with sessionId: "${id}"` : "";
  return new MigrationError({
    kind: "identity",
    attempted: `create import session "${name}"`,
    on: title,
    answered: `session ${id} has this name already, but ${difference}`,
    next: `Choose another sessionName${adopt}.`,
  });
}

async function differenceFrom(
  { client, signal }: FindingArray,
  session: WireSession,
  inputs: ImportSessionInputs,
): Promise<string | undefined> {
  if (session.source_resource_id !== inputs.sourceResourceId)
    return `imports ${session.source_resource_id ?? "another source"}`;
  if (session.type !== undefined && session.type !== inputs.type) return `is ${session.type}`;
  // Such a session would not wait at a gate, and one without would wait for ever.
  if ((session.automatic_cutover ?? false) !== (inputs.automaticCutover ?? false))
    return `was created with automaticCutover: ${session.automatic_cutover ?? false}`;
  const declared = await remoteSystemIdOf(client, inputs.remoteSystemId ?? "", signal);
  if (session.remote_system_id !== declared)
    return `imports from remote system ${session.remote_system_id ?? "unknown"}`;
  return undefined;
}

async function withMembers({ client, signal }: FindingArray, session: WireSession | undefined): Promise<Found> {
  const isAlone =
    session === undefined || session.parent_session_id !== undefined || session.destination_resource_type === "volume";
  if (isAlone) return { session, members: [] };
  const members = await client.readMembers([session.id], signal);
  return { session, members: members.get(session.id) ?? [] };
}
