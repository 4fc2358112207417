import type { WireSession } from "../../wire.ts";
import type { ImportSessionState } from "../states.ts";

/** What is wrong with a session that cannot go on, and with which of its members. */
export function failureReason(session: WireSession, members: readonly WireSession[]): string {
  const own = session.error === undefined ? "" : `: ${errorText(session.error)}`;
  const failed = members.filter(
    (member) => member.error !== undefined || member.state === "Failed" || member.state === "Cancelled",
  );
  const each = failed.map(
    (member) =>
      `member ${member.id} is ${member.state}${member.error === undefined ? "" : ` (${errorText(member.error)})`}`,
  );
  return [`the session is ${session.state}${own}`, ...each].join("; ");
}

/** What a person can do about it. */
export function remedyFor(state: ImportSessionState): string {
  return remedies[state] ?? askTheArray;
}

function errorText(error: NonNullable<WireSession["error"]>): string {
  return [error.code, error.message_l10n].filter(Boolean).join(" ");
}

const askTheArray =
  "Look at the session on the array and at its alerts; its own support can bring it out of this state.";
const replaceIt =
  "The import can be attempted again: the next `pulumi up` replaces a session this program created, and the copy starts again.";
const cancelIt = "Destroy the resource to cancel it, after pointing the hosts back at the source.";

const remedies: Partial<Record<ImportSessionState, string>> = {
  Failed: replaceIt,
  Cancelled: replaceIt,
  Cancel_Required: cancelIt,
  Cancel_Failed: "Destroy the resource to cancel it again; forceCancel ends it without rolling back.",
  Cleanup_Required: "Destroy the resource to have the source volume cleaned up.",
  Import_Cutover_Incomplete:
    "Set targetState to Import_Completed to cut over the members that are left, or destroy the resource to cancel them.",
  Import_Completed_With_Errors:
    "The members named failed and were cancelled; the others are imported. Import the failed ones by themselves.",
};
