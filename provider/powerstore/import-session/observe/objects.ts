import type { ArrayObject } from "../../../core/array-object.ts";
import { MigrationError } from "../../../core/errors.ts";
import type { Reading } from "../../../core/resource.ts";
import type { PowerStoreArray } from "../../connect.ts";
import { sessionText, sourceText } from "../journaled.ts";
import { sessionNameOf } from "../naming.ts";
import type { ObservedImport } from "../observed.ts";
import { type ImportTarget, knownSessionId } from "../target.ts";
import { remoteSystemIdOf } from "./remote-system-id.ts";

/** The session that a resource drives, and the source that it imports. A source is known by its remote system and its id. Of a delete, the session is all. */
export async function importObjects(
  arrays: (name: string | undefined) => PowerStoreArray,
  target: ImportTarget,
  observed: ObservedImport | undefined,
  { signal }: Reading,
): Promise<readonly ArrayObject[]> {
  const { urn, inputs, operation, unknown, isPreview } = target;
  // The session belongs to the copy of the same member of the wave.
  if (inputs.wave?.part === "cutover" || unknown.includes("wave")) return [];
  const id = observed?.session?.id ?? knownSessionId(target);
  const property = inputs.sessionId === undefined ? "sourceResourceId" : "sessionId";
  const session =
    id === undefined || id === "" ? [] : [{ key: sessionText(id), text: `import session ${id}`, property }];
  if (operation.kind === "delete") return session;
  const source = observed?.session?.source_resource_id ?? inputs.sourceResourceId;
  const remoteSystem = observed?.session?.remote_system_id ?? inputs.remoteSystemId;
  if (source === undefined || remoteSystem === undefined) return session;
  // A run knows the source by its session.
  const remoteSystemId = isPreview ? await resolved(arrays(inputs.array), remoteSystem, signal) : remoteSystem;
  // Two sessions of one name are rejected by the array, which does not tell small letters from capitals.
  const name = sessionNameOf(inputs, urn);
  const named = { key: `name ${name.toLowerCase()}`, text: `session name ${name}`, property: "sessionName" };
  return [
    ...session,
    ...(isPreview && inputs.sessionId === undefined && !unknown.includes("sessionName") ? [named] : []),
    { key: `source ${JSON.stringify([remoteSystemId, source])}`, text: sourceText(source), property },
  ];
}

/** The id of a remote system that is declared by its name. An array that cannot be read leaves the name. */
async function resolved({ previewClient }: PowerStoreArray, idOrName: string, signal: AbortSignal): Promise<string> {
  if (signal.aborted) return idOrName;
  try {
    return (await remoteSystemIdOf(previewClient, idOrName, signal)) ?? idOrName;
  } catch (error) {
    if (error instanceof MigrationError) return idOrName;
    throw error;
  }
}
