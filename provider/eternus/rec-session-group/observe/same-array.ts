import { MigrationError } from "../../../core/errors.ts";
import { type CopyPair, type CopySession, isSamePair, pairText } from "../../copy-session.ts";

/**
 * An ETERNUS tells nothing about itself that would name it, so the pairs are its identity: where every id on record is missing, or names another pair, the address
 * leads to another array, or to one that does not show its sessions now. Then nothing is gone, and nothing may be sent.
 *
 * @param known the sessions on record that are read
 * @throws MigrationError `identity`
 */
export function confirmArray(
  known: readonly { readonly id: number; readonly pair: CopyPair }[],
  sessions: ReadonlyMap<number, CopySession>,
  means: { readonly attempted: string; readonly on: string },
): void {
  const differences = known.flatMap(({ id, pair }) => {
    const session = sessions.get(id);
    if (session === undefined) return [`there is no copy session ${id}`];
    if (isSamePair(pair, session.pair)) return [];
    return [`copy session ${id} is now ${pairText(session.pair)}, but was ${pairText(pair)}`];
  });
  if (known.length === 0 || differences.length < known.length) return;
  throw new MigrationError({
    kind: "identity",
    ...means,
    answered: `no session on record is on this array: ${differences.slice(0, maxNamed).join("; ")}`,
    next: "Nothing was sent, and the record stays. Check that the address leads to the array of these sessions. If they were deleted, remove the group from the stack with `pulumi state delete`.",
  });
}

// Those that follow say the same.
const maxNamed = 3;
