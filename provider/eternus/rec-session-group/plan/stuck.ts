import { type CopySession, pairText } from "../../copy-session.ts";
import type { Member } from "./member.ts";

/** What no command leads past, and what a person can do about it. */
export interface Stuck {
  readonly is: "stuck";
  readonly why: string;
  readonly next: string;
  readonly as?: "identity" | "notFound";
}

export function wrongPair({ id, session, original: found }: Member): Stuck {
  if (session === undefined) {
    return {
      is: "stuck",
      as: "notFound",
      why: `there is no copy session ${id} on this array`,
      next: "Correct `copySessionIds`, or create the session.",
    };
  }
  return {
    is: "stuck",
    as: "identity",
    why: `copy session ${id} is now ${pairText(session.pair)}, but was ${pairText(found?.pair ?? {})}`,
    next: "It is not touched. Take the id out of `copySessionIds`: the other session is then left alone.",
  };
}

export function notRec({ id, type }: CopySession): Stuck {
  return {
    is: "stuck",
    why: `copy session ${id} is of type ${type}, and only REC sessions can be suspended and resumed`,
    next: "Take it out of `copySessionIds`.",
  };
}

export function suspendFirst({ id }: CopySession, isTurned: boolean): Stuck {
  return {
    is: "stuck",
    why: `copy session ${id} copies, and its ${isTurned ? "direction" : "modes"} can only be changed while it is suspended`,
    next: 'Suspend the group first (targetState: "Suspend"), then declare it Active again.',
  };
}

/** Nothing irreversible on a guess, and no success either. */
export function notReported(
  { id }: CopySession,
  input: "direction" | "transferMode" | "splitMode" | "recoveryMode",
): Stuck {
  return {
    is: "stuck",
    why: `the array does not tell the ${spokenOf[input]} of copy session ${id}, so that the declared one can be neither set nor seen to be reached`,
    next: `Leave out \`${input}\`, or arrange it on the array.`,
  };
}

const spokenOf = {
  direction: "direction",
  transferMode: "transfer mode",
  splitMode: "split mode",
  recoveryMode: "recovery mode",
} as const;

export function noSplitMode({ id, transferMode }: CopySession): Stuck {
  return {
    is: "stuck",
    why: `copy session ${id} is in ${transferMode} mode, and split mode exists in Synchronous mode only`,
    next: 'Leave out `splitMode`, or declare transferMode: "Synchronous" with it.',
  };
}

export function stuckBy(
  standing: "through" | "halted for good" | "failed",
  { id, status, errorCode }: CopySession,
): Stuck {
  switch (standing) {
    case "through":
      return {
        is: "stuck",
        why: `copy session ${id} is in Through mode: nothing is transferred`,
        next: "Switch its transfer mode back on the array, then run `pulumi up` again.",
      };
    case "halted for good":
      return {
        is: "stuck",
        why: `copy session ${id} is halted, and its recovery mode is Manual`,
        next: "Mend the copy path; then suspend with `force`, and declare the group Active: that is the manual recovery.",
      };
    case "failed":
      return {
        is: "stuck",
        why: `copy session ${id} is in ${status}${errorCode === undefined ? "" : ` (copy error code ${errorCode})`}`,
        next: "Recover it on the array, or delete it there, then run again.",
      };
  }
}
