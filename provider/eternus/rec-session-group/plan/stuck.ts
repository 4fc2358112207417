import { type CopySession, pairText } from "../../copy-session.ts";
import type { Member } from "./member.ts";

/** Why no command leads to the goal, and what a person can do about it. */
export interface Stuck {
  readonly kind: "stuck";
  readonly why: string;
  readonly next: string;
  readonly as?: "identity" | "notFound";
}

export function wrongPair({ id, session, original }: Member): Stuck {
  if (session === undefined) {
    return {
      kind: "stuck",
      as: "notFound",
      why: `there is no copy session ${id} on this array`,
      next: "Correct `copySessionIds`, or create the session.",
    };
  }
  return {
    kind: "stuck",
    as: "identity",
    why: `copy session ${id} is now ${pairText(session.pair)}, but was ${pairText(original?.pair ?? {})}`,
    next: "It is not touched. Take the id out of `copySessionIds`: the other session is then left alone.",
  };
}

export function notRec({ id, type }: CopySession): Stuck {
  return {
    kind: "stuck",
    why: `copy session ${id} is of type ${type}, and only REC sessions can be suspended and resumed`,
    next: "Take it out of `copySessionIds`.",
  };
}

export function suspendFirst({ id }: CopySession, isTurned: boolean): Stuck {
  return {
    kind: "stuck",
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
    kind: "stuck",
    why: `the array does not report the ${spokenOf[input]} of copy session ${id}, so the declared one can neither be set nor confirmed`,
    next: `Leave out \`${input}\`, or set it on the array.`,
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
    kind: "stuck",
    why: `copy session ${id} is in ${transferMode} mode, and split mode exists in Synchronous mode only`,
    next: 'Leave out `splitMode`, or declare transferMode: "Synchronous" with it.',
  };
}

export function stuckIn(
  statusClass: "through" | "halted for good" | "failed",
  { id, status, errorCode }: CopySession,
): Stuck {
  switch (statusClass) {
    case "through":
      return {
        kind: "stuck",
        why: `copy session ${id} is in Through mode: nothing is transferred`,
        next: "Switch its transfer mode back on the array, then run `pulumi up` again.",
      };
    case "halted for good":
      return {
        kind: "stuck",
        why: `copy session ${id} is halted, and its recovery mode is Manual`,
        next: "Fix the copy path; then suspend with `force`, and declare the group Active: that is the manual recovery.",
      };
    case "failed":
      return {
        kind: "stuck",
        why: `copy session ${id} is in ${status}${errorCode === undefined ? "" : ` (copy error code ${errorCode})`}`,
        next: "Recover it on the array, or delete it there, then run again.",
      };
  }
}
