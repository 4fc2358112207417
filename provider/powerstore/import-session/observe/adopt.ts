import { MigrationError } from "../../../core/errors.ts";
import type { WireSession } from "../../wire.ts";
import type { ImportSessionInputs } from "../inputs.ts";

/**
 * Checks whether a session that exists can be adopted as it is declared.
 *
 * @param on the array, for errors
 * @throws MigrationError `notFound`; `identity` for a member of a group; `input` for a gate that the array would not wait at
 */
export function confirmAdoptable(
  sessionId: string,
  session: WireSession | undefined,
  inputs: ImportSessionInputs,
  on: string,
): void {
  const report = { attempted: `adopt import session ${sessionId}`, on };
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
  const useless = uselessGate(sessionId, inputs, on);
  if (session.automatic_cutover === true && useless !== undefined) throw useless;
}

/** Why no gate may be declared for a session that the array cuts over automatically. Undefined where none is. */
export function uselessGate(sessionId: string, inputs: ImportSessionInputs, on: string): MigrationError | undefined {
  if (inputs.cutoverWindow === undefined && inputs.cutoverApproval === undefined) return undefined;
  return new MigrationError({
    kind: "input",
    attempted: `hold the cutover of import session ${sessionId}`,
    on,
    answered:
      "it was created with an automatic cutover, so the array would not wait for cutoverWindow or cutoverApproval",
    next: "Leave them out, or cancel the session and create it again without automaticCutover.",
  });
}
