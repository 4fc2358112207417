import { MigrationError } from "../../core/errors.ts";
import { look } from "../../core/look.ts";
import type { Run } from "../../core/run.ts";
import type { PowerStoreArray } from "../connect.ts";
import type { WireSession } from "../wire.ts";
import { observeById } from "./find.ts";
import type { ImportSessionInputs } from "./inputs.ts";
import { anyMark, ownershipMark } from "./naming.ts";

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
  const { session } = await look(what, (signal) => observeById(array, sessionId, signal), run);
  refuseAdoption(array, sessionId, inputs, session);
  for (const warning of ownerWarning(session, inputs)) run.warn(warning);
  if (session?.automatic_cutover === true && inputs.targetState !== "Import_Completed") {
    run.warn("the array cuts over by itself: the session does not rest before");
  }
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
  if (session.automatic_cutover !== true) return;
  if (inputs.cutoverWindow !== undefined || inputs.cutoverApproval !== undefined) {
    throw new MigrationError({
      ...report,
      kind: "input",
      answered:
        "it was created with an automatic cutover, so the array would not wait for cutoverWindow or cutoverApproval",
      next: "Leave them out, or cancel the session and create it anew without automaticCutover.",
    });
  }
}

/** A word where the session carries the mark of another Pulumi resource. */
export function ownerWarning(session: WireSession | undefined, { resourceUrn }: ImportSessionInputs): string[] {
  const mark = anyMark.exec(session?.description ?? "")?.[0];
  if (mark === undefined || mark === ownershipMark(resourceUrn)) return [];
  return [
    `session ${session?.id} carries the mark of another Pulumi resource: destroying either of the two cancels it`,
  ];
}
