import type { Target } from "../../core/resource.ts";
import type { ImportSessionInputs } from "./inputs.ts";
import type { RecordedImport } from "./recorded.ts";

/** An import session in one operation. */
export type ImportTarget = Target<ImportSessionInputs, RecordedImport>;

/** The session that a run begins with: recorded, or to be adopted. Blank where it is to be adopted and its id is not known yet. */
export function knownSessionId({ recorded, inputs, unknown }: ImportTarget): string | undefined {
  return recorded?.id ?? inputs.sessionId ?? (unknown.includes("sessionId") ? "" : undefined);
}

/** Whether a session is to be adopted that is not recorded yet. */
export function isAdopting(target: ImportTarget): boolean {
  return target.recorded === undefined && knownSessionId(target) !== undefined;
}
