import { MigrationError } from "../../core/errors.ts";
import type { InputFailure } from "../../core/inputs.ts";
import type { PowerStoreArray } from "../connect.ts";
import { refuseAdoption } from "./adopt.ts";
import { observeById, observeByName } from "./find.ts";
import type { ImportSessionInputs } from "./inputs.ts";

/** What is certain to fail, seen before anything is sent: a session that cannot be adopted, a name that is taken, a remote system that is not there. */
export async function preflightImport(
  array: PowerStoreArray,
  inputs: ImportSessionInputs,
  signal: AbortSignal,
): Promise<InputFailure[]> {
  try {
    if (inputs.sessionId !== undefined) {
      const { session } = await observeById(array, inputs.sessionId, signal);
      refuseAdoption(array, inputs.sessionId, inputs, session);
      return [];
    }
    const { remoteSystemId = "" } = inputs;
    if ((await array.client.findRemoteSystem(remoteSystemId, signal)) === undefined) {
      return [{ property: "remoteSystemId", reason: `there is no remote system ${remoteSystemId} on ${array.title}` }];
    }
    await observeByName(array, inputs, signal);
    return [];
  } catch (error) {
    const isCertain = error instanceof MigrationError && ["identity", "notFound", "input"].includes(error.kind);
    if (!isCertain) throw error;
    return [{ property: inputs.sessionId === undefined ? "sessionName" : "sessionId", reason: error.message }];
  }
}
