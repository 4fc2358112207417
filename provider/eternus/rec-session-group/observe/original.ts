import type { Modes } from "../../client.ts";
import { type CopyPair, type CopySession, pinned } from "../../copy-session.ts";

/** How a session was when this group first saw it. */
export interface Original {
  readonly status: string;
  readonly pair: CopyPair;
  /** Only where the group goes on to change them. */
  readonly modes?: Modes | undefined;
}

/**
 * How a session was found, by its first read: one that is just being suspended counts as suspended, because nobody knows by whom. What the array did not tell of
 * its pair then is added as soon as it does. Its modes are remembered from before the first that were declared.
 */
export function foundIn(session: CopySession, declared: Modes, before: Original | undefined): Original {
  const { status, pair, isSuspending, transferMode, splitMode, recoveryMode } = session;
  const found = before ?? { status: isSuspending ? "Suspend" : status, pair };
  const original = { ...found, pair: pinned(found.pair, pair) };
  const isDeclared = Object.values(declared).some((mode) => mode !== undefined);
  if (!isDeclared || original.modes !== undefined) return original;
  return { ...original, modes: { transferMode, splitMode, recoveryMode } };
}
