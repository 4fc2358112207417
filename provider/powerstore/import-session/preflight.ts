import { MigrationError } from "../../core/errors.ts";
import type { Preflight } from "../../core/lifecycle.ts";
import type { PowerStoreArray } from "../connect.ts";
import { adoptionWarnings, refuseAdoption } from "./adopt.ts";
import { confirmNameIsFree, observeById } from "./find.ts";
import type { ImportSessionInputs } from "./inputs.ts";

/** What is certain to fail for a new session: one that cannot be adopted, a name that is taken, a remote system that is not there. */
export async function preflightImport(
  array: PowerStoreArray,
  inputs: ImportSessionInputs,
  signal: AbortSignal,
): Promise<Preflight> {
  const { sessionId, remoteSystemId = "" } = inputs;
  try {
    if (sessionId !== undefined) {
      const { session } = await observeById(array, sessionId, signal);
      refuseAdoption(array, sessionId, inputs, session);
      return { refusals: [], warnings: adoptionWarnings(session, inputs) };
    }
    if ((await array.client.findRemoteSystem(remoteSystemId, signal)) === undefined) {
      const reason = `there is no remote system ${remoteSystemId} on ${array.title}`;
      return { refusals: [{ property: "remoteSystemId", reason }], warnings: [] };
    }
    await confirmNameIsFree(array, inputs, signal);
    return { refusals: [], warnings: [] };
  } catch (error) {
    const isCertain = error instanceof MigrationError && ["identity", "notFound", "input"].includes(error.kind);
    if (!isCertain) throw error;
    const property = sessionId === undefined ? "sessionName" : "sessionId";
    return { refusals: [{ property, reason: error.message }], warnings: [] };
  }
}
