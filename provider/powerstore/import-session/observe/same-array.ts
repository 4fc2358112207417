import { MigrationError } from "../../../core/errors.ts";
import type { PowerStoreArray } from "../../connect.ts";

/**
 * A session that is not found where it was recorded is gone. One that is not found elsewhere only means that the address has changed.
 *
 * @param recordedOn the address it was recorded on; an older release did not record it
 * @throws MigrationError `identity`
 */
export function confirmSameArray(
  { title, settings }: Pick<PowerStoreArray, "title" | "settings">,
  sessionId: string,
  recordedOn: string | undefined,
): void {
  if (recordedOn === undefined || recordedOn === settings.origin) return;
  throw new MigrationError({
    kind: "identity",
    attempted: `find import session ${sessionId}`,
    on: title,
    answered: `there is no such session; it was recorded on ${recordedOn}`,
    next: "Point the configuration back at that array. If the array has moved and the session is gone, use `pulumi state delete`.",
  });
}
