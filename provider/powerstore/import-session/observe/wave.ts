import type { ImportSessionInputs } from "../inputs.ts";
import type { RecordedImport } from "../recorded.ts";
import { isPastCopy } from "../states.ts";

/**
 * Whether a session that is not found may have been cut over by the other resource that has it: as it is recorded, its copy was done. The record of a
 * session may be cleared away on the array once it is complete.
 */
export function mayBeCutOverElsewhere(inputs: ImportSessionInputs | undefined, { state }: RecordedImport): boolean {
  return inputs?.wave?.part === "copy" && isPastCopy(state);
}

/** What a preview says of it. */
export function goneCopy(sessionId: string): string {
  return `session ${sessionId} is not on the array any more. If it was cut over, nothing is lost; if not, take the member out of the wave, run \`pulumi up\`, and put it back`;
}

/** The copy was made anew: its cutover goes along. */
export const cutoverOfAnother = "the wave's copy has another session: that one is cut over instead";
