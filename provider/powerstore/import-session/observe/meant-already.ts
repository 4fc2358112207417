import type { DiffQuestion, Reading } from "../../../core/resource.ts";
import type { PowerStoreArray } from "../../connect.ts";
import type { ImportSessionInputs } from "../inputs.ts";
import { sessionNameOf, sessionNamesOf } from "../naming.ts";
import type { ObservedImport } from "../observed.ts";
import type { RecordedImport } from "../recorded.ts";
import { remoteSystemIdOf } from "./remote-system-id.ts";

type Question = Pick<
  DiffQuestion<ImportSessionInputs, RecordedImport, ObservedImport, unknown>,
  "target" | "before" | "observed" | "changed"
>;

/** The changed inputs that mean what the session has: its own name, written out or left out again, and the name of its remote system for the id. */
export async function meantAlready(
  { previewClient }: Pick<PowerStoreArray, "previewClient">,
  { target, before, observed, changed }: Question,
  { signal }: Reading,
): Promise<readonly string[]> {
  const { inputs, urn } = target;
  const { name = sessionNameOf(before, target.recorded.urn ?? urn), remote_system_id } = observed.session ?? {};
  const isOwnName = inputs.sessionId === undefined && sessionNamesOf(inputs, urn).includes(name);
  const idOf = ({ remoteSystemId = "" }: ImportSessionInputs) =>
    remoteSystemIdOf(previewClient, remoteSystemId, signal);
  const isOwnSystem = async () => {
    const id = await idOf(inputs);
    return id !== undefined && id === (remote_system_id ?? (await idOf(before)));
  };
  return [
    ...(changed.includes("sessionName") && isOwnName ? ["sessionName"] : []),
    ...(changed.includes("remoteSystemId") && (await isOwnSystem()) ? ["remoteSystemId"] : []),
  ];
}
