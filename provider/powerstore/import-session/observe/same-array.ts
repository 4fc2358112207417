import { MigrationError } from "../../../core/errors.ts";
import type { PowerStoreArray } from "../../connect.ts";
import type { RecordedImport } from "../recorded.ts";

/**
 * A session that is not found where it was recorded is gone; one that is not found elsewhere only means that the address has changed.
 *
 * @throws MigrationError `identity`
 */
export function confirmSameArray(
  array: PowerStoreArray,
  { sessionId, endpoint }: Pick<RecordedImport, "sessionId" | "endpoint">,
): void {
  if (endpoint === undefined || endpoint === array.settings.origin) return;
  throw new MigrationError({
    kind: "identity",
    attempted: `find import session ${sessionId}`,
    on: array.title,
    answered: `there is no such session; it was recorded on ${endpoint}`,
    next: "Point the configuration back at that array; if it has moved and the session is gone, use `pulumi state delete`.",
  });
}
