import { MigrationError } from "../../core/errors.ts";
import type { Preflight } from "../../core/lifecycle.ts";
import type { PowerStoreArray } from "../connect.ts";
import { adoptionWarnings, refuseAdoption } from "./adopt.ts";
import { findOwn, observeById } from "./find.ts";
import type { ImportSessionInputs } from "./inputs.ts";

/** What is certain to fail for a new session: one that cannot be adopted, a name that is taken, a remote system that is not there, a start in the past. */
export async function preflightImport(
  array: PowerStoreArray,
  inputs: ImportSessionInputs,
  nowMs: number,
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
    // What a run that was killed has made is driven on, whatever the time.
    const isMade = (await findOwn(array, inputs, signal)) !== undefined;
    return { refusals: isMade ? [] : refusedStart(inputs, nowMs), warnings: [] };
  } catch (error) {
    const isCertain = error instanceof MigrationError && ["identity", "notFound", "input"].includes(error.kind);
    if (!isCertain) throw error;
    const property = sessionId === undefined ? "sessionName" : "sessionId";
    return { refusals: [{ property, reason: error.message }], warnings: [] };
  }
}

function refusedStart({ scheduledTimestamp = Number.POSITIVE_INFINITY }: ImportSessionInputs, nowMs: number) {
  const reason = "lies in the past; leave it out to start at once";
  return scheduledTimestamp > nowMs ? [] : [{ property: "scheduledTimestamp", reason }];
}
