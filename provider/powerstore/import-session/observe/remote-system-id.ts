import type { PowerStoreClient } from "../../client.ts";

/** The id of a remote system that is declared by its id or as `name:<name>`. Undefined if the array knows none of that name. */
export async function remoteSystemIdOf(
  client: Pick<PowerStoreClient, "findRemoteSystem">,
  idOrName: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  return idOrName.startsWith("name:") ? (await client.findRemoteSystem(idOrName, signal))?.id : idOrName;
}
