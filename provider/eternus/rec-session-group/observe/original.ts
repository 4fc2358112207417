import type { Modes } from "../../client.ts";
import { type CopyPair, type CopySession, isReversed } from "../../copy-session.ts";
import type { Direction } from "../inputs.ts";

/** How a session was when this group first saw it. */
export interface Original {
  readonly status: string;
  readonly pair: CopyPair;
  /** Only where the group goes on to change them. */
  readonly modes?: Modes | undefined;
}

/**
 * How a session was found, by its first read: one that is just being suspended counts as suspended, because nobody knows by whom. Its modes are remembered from
 * before the first that were declared.
 */
export function foundIn(session: CopySession, declared: Modes, before: Original | undefined): Original {
  const { status, pair, isSuspending, transferMode, splitMode, recoveryMode } = session;
  const original = before ?? { status: isSuspending ? "Suspend" : status, pair };
  const isDeclared = Object.values(declared).some((mode) => mode !== undefined);
  if (!isDeclared || original.modes !== undefined) return original;
  return { ...original, modes: { transferMode, splitMode, recoveryMode } };
}

/** The direction it copies in, compared with how it was found; undefined where the array does not report it. */
export function directionOf(session: CopySession, original: Original | undefined): Direction | undefined {
  const isTurned = original === undefined ? undefined : isReversed(original.pair, session.pair);
  return isTurned === undefined ? undefined : isTurned ? "Reversed" : "Forward";
}
