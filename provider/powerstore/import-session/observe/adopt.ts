import { MigrationError } from "../../../core/errors.ts";
import { readWithRetry } from "../../../core/reconcile/read-with-retry.ts";
import type { Run } from "../../../core/reconcile/run.ts";
import type { PowerStoreArray } from "../../connect.ts";
import type { WireSession } from "../../wire.ts";
import type { ImportSessionInputs } from "../inputs.ts";
import { anyMark, ownershipMark } from "../naming.ts";
import { observeById } from "./find.ts";

/**
 * Looks whether a session that exists can be taken over as it is declared.
 *
 * @throws MigrationError `notFound`; `identity` for a member of a group; `input` for a gate that the array would not wait at
 */
export async function confirmAdoptable(
  array: PowerStoreArray,
  sessionId: string,
  inputs: ImportSessionInputs,
  run: Run,
): Promise<void> {
  const what = { attempted: `adopt import session ${sessionId}`, on: array.title };
  const { session } = await readWithRetry(what, (signal) => observeById(array, sessionId, signal), run);
  refuseAdoption(array, sessionId, inputs, session);
  for (const warning of adoptionWarnings(session, inputs)) run.warn(warning);
}

/** @throws MigrationError as {@link confirmAdoptable} */
export function refuseAdoption(
  array: PowerStoreArray,
  sessionId: string,
  inputs: ImportSessionInputs,
  session: WireSession | undefined,
): void {
  const report = { attempted: `adopt import session ${sessionId}`, on: array.title };
  if (session === undefined) {
    throw new MigrationError({
      ...report,
      kind: "notFound",
      answered: "there is no such session",
      next: "Check the id, and that this is the right array.",
    });
  }
  if (session.parent_session_id !== undefined) {
    throw new MigrationError({
      ...report,
      kind: "identity",
      answered: `it is a member of the group session ${session.parent_session_id}`,
      next: `Adopt the group with sessionId: "${session.parent_session_id}".`,
    });
  }
  const shut = refusedGate(sessionId, inputs, array.title);
  if (session.automatic_cutover === true && shut !== undefined) throw shut;
}

/** A gate that is declared for a session that the array cuts over by itself. */
export function refusedGate(sessionId: string, inputs: ImportSessionInputs, on: string): MigrationError | undefined {
  if (inputs.cutoverWindow === undefined && inputs.cutoverApproval === undefined) return undefined;
  return new MigrationError({
    kind: "input",
    attempted: `hold the cutover of import session ${sessionId}`,
    on,
    answered:
      "it was created with an automatic cutover, so the array would not wait for cutoverWindow or cutoverApproval",
    next: "Leave them out, or cancel the session and create it anew without automaticCutover.",
  });
}

/** What is at stake in taking a session over. */
export function adoptionWarnings(session: WireSession | undefined, inputs: ImportSessionInputs): string[] {
  return [...ownerWarning(session, inputs), ...restWarning(session?.automatic_cutover, inputs)];
}

/** A word where the session is to rest before a cutover that does not wait. */
export function restWarning(cutsOverByItself: boolean | undefined, inputs: ImportSessionInputs): string[] {
  if (cutsOverByItself !== true || inputs.targetState === "Import_Completed") return [];
  return ["the array cuts over by itself: the session does not rest before"];
}

/** A word where the session carries the mark of another Pulumi resource. */
function ownerWarning(session: WireSession | undefined, { resourceUrn, wave }: ImportSessionInputs): string[] {
  // The session of the same wave's copy, and left alone by a destroy.
  if (wave?.part === "cutover") return [];
  const mark = anyMark.exec(session?.description ?? "")?.[0];
  if (mark === undefined || mark === ownershipMark(resourceUrn)) return [];
  return [
    `session ${session?.id} carries the mark of another Pulumi resource: destroying either of the two cancels it`,
  ];
}
