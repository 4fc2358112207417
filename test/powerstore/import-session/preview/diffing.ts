import type { Review } from "../../../../provider/core/lifecycle.ts";
import type { ImportSessionInputs } from "../../../../provider/powerstore/import-session/inputs.ts";
import { reviewImport } from "../../../../provider/powerstore/import-session/preview/diff.ts";
import type { RecordedImport } from "../../../../provider/powerstore/import-session/recorded.ts";
import { sampleInputs, sampleRecord } from "../samples.ts";

export const reviewedAtMs = Date.UTC(2030, 0, 1);

/** Reviews a session that is recorded so against inputs of which these have changed. */
export function review(
  state: Partial<RecordedImport>,
  inputs: Partial<ImportSessionInputs> = {},
  changed: readonly string[] = Object.keys(inputs),
  isGone = false,
): Review {
  return reviewImport({
    recorded: { id: "7", state: sampleRecord(state) },
    isGone,
    inputs: sampleInputs(inputs),
    changed,
    nowMs: reviewedAtMs,
  });
}
