import { MigrationError } from "../../../core/errors.ts";
import type { PowerStoreArray } from "../../connect.ts";
import type { WireSession } from "../../wire.ts";
import type { ImportSessionInputs } from "../inputs.ts";
import { ownershipMark, sessionNameOf } from "../naming.ts";
import type { ObservedImport } from "../plan/forward.ts";

/** Looks at one session and the sessions of its members. One that is not found is looked for once more, so that a passing 404 loses nothing. */
export async function observeById(
  array: PowerStoreArray,
  sessionId: string,
  signal: AbortSignal,
): Promise<ObservedImport> {
  const read = (await array.client.readSessions([sessionId], signal)).get(sessionId);
  const [listed] =
    read === undefined ? await array.client.listSessions(`id=eq.${encodeURIComponent(sessionId)}`, signal) : [read];
  return withMembers(array, listed, signal);
}

/**
 * Looks for the session an earlier, interrupted run of this resource may have made.
 *
 * @throws MigrationError `identity` when the name is taken by a session of somebody else, or of another source
 */
export async function observeByName(
  array: PowerStoreArray,
  inputs: ImportSessionInputs,
  signal: AbortSignal,
): Promise<ObservedImport> {
  const session = await findOwn(array, inputs, signal);
  if (session === undefined) return { session: undefined, members: [] };
  const difference = await differenceFrom(array, session, inputs, signal);
  if (difference !== undefined) throw nameTaken(array, session, difference);
  return withMembers(array, session, signal);
}

/**
 * Looks for a session that has the name a new one would get, and belongs to this resource.
 *
 * @throws MigrationError `identity` when it is somebody else's
 */
export async function findOwn(
  array: PowerStoreArray,
  inputs: ImportSessionInputs,
  signal: AbortSignal,
): Promise<WireSession | undefined> {
  const session = await findNamed(array, inputs, signal);
  if (session !== undefined && session.description?.includes(ownershipMark(inputs.resourceUrn)) !== true)
    throw nameTaken(array, session, "does not carry the mark of this stack and resource");
  return session;
}

async function findNamed(
  array: PowerStoreArray,
  inputs: ImportSessionInputs,
  signal: AbortSignal,
): Promise<WireSession | undefined> {
  const name = sessionNameOf(inputs);
  return (await array.client.readNamed([name], signal)).get(name);
}

function nameTaken(array: PowerStoreArray, { id, name }: WireSession, difference: string): MigrationError {
  return new MigrationError({
    kind: "identity",
    attempted: `create import session "${name}"`,
    on: array.title,
    answered: `session ${id} has this name already, but ${difference}`,
    next: `Choose another sessionName, or adopt that session with sessionId: "${id}".`,
  });
}

async function differenceFrom(
  array: PowerStoreArray,
  session: WireSession,
  inputs: ImportSessionInputs,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (session.source_resource_id !== inputs.sourceResourceId)
    return `imports ${session.source_resource_id ?? "another source"}`;
  if (session.type !== undefined && session.type !== inputs.type) return `is ${session.type}`;
  // Such a session would not wait at a gate, and one without would wait for ever.
  if ((session.automatic_cutover ?? false) !== (inputs.automaticCutover ?? false))
    return `was created with automaticCutover: ${session.automatic_cutover ?? false}`;
  const { remoteSystemId = "" } = inputs;
  const isNamed = remoteSystemId.startsWith("name:");
  const declared = isNamed ? (await array.client.findRemoteSystem(remoteSystemId, signal))?.id : remoteSystemId;
  if (session.remote_system_id !== declared)
    return `imports from remote system ${session.remote_system_id ?? "unknown"}`;
  return undefined;
}

async function withMembers(
  array: PowerStoreArray,
  session: WireSession | undefined,
  signal: AbortSignal,
): Promise<ObservedImport> {
  if (
    session === undefined ||
    session.parent_session_id !== undefined ||
    session.destination_resource_type === "volume"
  ) {
    return { session, members: [] };
  }
  const members = await array.client.readMembers([session.id], signal);
  return { session, members: members.get(session.id) ?? [] };
}
