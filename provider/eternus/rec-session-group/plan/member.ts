import type { Modes } from "../../client.ts";
import { type CopyPair, type CopySession, isReversed, isSamePair } from "../../copy-session.ts";
import type { CommandKind } from "../../job.ts";
import type { Direction } from "../inputs.ts";
import type { Goal } from "./goal.ts";

/** How a session was when this group first saw it. */
export interface Original {
  readonly status: string;
  readonly pair: CopyPair;
  /** Only where the group goes on to change them. */
  readonly modes?: Modes | undefined;
}

/** What has come, so far, of the last command for a session. */
export type Sent =
  /** Its job is queued or running. `shownMs`: since when the session shows it to be carried out all the same. */
  | {
      readonly is: "under way";
      readonly kind: CommandKind;
      readonly jobId: number;
      readonly shownMs?: number;
    }
  /** The array says that it is done, or that the rest goes on by itself; the session will show it. */
  | { readonly is: "done"; readonly kind: CommandKind }
  /** The job is gone or tells nothing: the session shows it by then, or it was not done. `failure` says why; without one it may be sent again. */
  | { readonly is: "unclear"; readonly kind: CommandKind; readonly untilMs: number; readonly failure?: Failure }
  /** The array refused it, or it failed. `againMs`: when it may be tried again, where its code leaves room for that. */
  | { readonly is: "failed"; readonly kind: CommandKind; readonly failure: Failure; readonly againMs: number };

export interface Failure {
  /** The array's message number. */
  readonly code?: string | undefined;
  readonly message: string;
  /** The array was occupied and did not take the command, whatever code it gave. */
  readonly isPassing?: boolean;
}

/** One session of the group as it is now, with all that a plan needs to know of it. */
export interface Member {
  readonly id: number;
  readonly goal: Goal;
  /** Undefined when the array has no such session. */
  readonly session: CopySession | undefined;
  /** How it was found; undefined while it was never seen. */
  readonly original: Original | undefined;
  /** The id names another pair of volumes than it did. */
  readonly isOtherPair: boolean;
  readonly sent: Sent | undefined;
  /** Commands sent for it in this run. */
  readonly tries: number;
}

/** A member as a look shows it, before what was sent for it is known. */
export function memberOf(
  id: number,
  goal: Goal,
  session: CopySession | undefined,
  found: Original | undefined,
): Member {
  const first = found ?? (session === undefined ? undefined : firstSight(session));
  return {
    id,
    goal,
    session,
    original: session === undefined || first === undefined ? first : withModes(first, session, goal.modes),
    isOtherPair: session !== undefined && first !== undefined && !isSamePair(first.pair, session.pair),
    sent: undefined,
    tries: 0,
  };
}

/** What is remembered of a session when it is first seen. One that is just being suspended counts as suspended: nobody knows by whom. */
function firstSight(session: CopySession): Original {
  return { status: session.isSuspending ? "Suspend" : session.status, pair: session.pair };
}

/** Its modes are remembered from before the first that were declared. */
function withModes(found: Original, session: CopySession, declared: Modes): Original {
  const isDeclared = Object.values(declared).some((mode) => mode !== undefined);
  if (!isDeclared || found.modes !== undefined) return found;
  const { transferMode, splitMode, recoveryMode } = session;
  return { ...found, modes: { transferMode, splitMode, recoveryMode } };
}

/** The direction it copies in, compared with how it was found; undefined where the array does not tell. */
export function directionOf(session: CopySession, found: Original | undefined): Direction | undefined {
  const isTurned = found === undefined ? undefined : isReversed(found.pair, session.pair);
  return isTurned === undefined ? undefined : isTurned ? "Reversed" : "Forward";
}

/** The modes that are declared and differ. Those the array does not tell are not among them. */
export function differingModes(session: CopySession, modes: Modes): Modes | undefined {
  const differs = (wanted: string | undefined, has: string | undefined) =>
    wanted !== undefined && has !== undefined && wanted !== has ? wanted : undefined;
  const transferMode = differs(modes.transferMode, session.transferMode);
  // On the way to Synchronous mode the split mode is whatever is sent with it; on the way out of it none may be.
  const splitMode =
    transferMode === undefined
      ? differs(modes.splitMode, session.splitMode)
      : transferMode === "Synchronous"
        ? modes.splitMode
        : undefined;
  const recoveryMode = differs(modes.recoveryMode, session.recoveryMode);
  if ((transferMode ?? splitMode ?? recoveryMode) === undefined) return undefined;
  return { transferMode, splitMode, recoveryMode };
}

/** Whether the session shows that a command has been carried out. */
export function shows(
  kind: CommandKind,
  { session, goal, original: found }: Pick<Member, "session" | "goal" | "original">,
): boolean {
  if (session === undefined) return true;
  switch (kind) {
    case "suspend":
      return session.status === "Suspend" && !session.isSuspending;
    case "resume":
      return session.status !== "Suspend";
    case "reverse":
      return directionOf(session, found) === goal.direction;
    case "modify":
      return differingModes(session, goal.modes) === undefined;
  }
}
