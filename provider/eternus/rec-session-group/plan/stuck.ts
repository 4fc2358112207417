import type { Modes } from "../../client.ts";
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
    const why = `there is no copy session ${id} on this array`;
    return { ...stuck(why, "Correct `copySessionIds`, or create the session."), as: "notFound" };
  }
  const why = `copy session ${id} is now ${pairText(session.pair)}, but was ${pairText(original?.pair ?? {})}`;
  const next = "It is not touched. Take the id out of `copySessionIds`: the other session is then left alone.";
  return { ...stuck(why, next), as: "identity" };
}

export function notRec({ id, type }: CopySession): Stuck {
  return stuck(
    `copy session ${id} is of type ${type}, and only REC sessions can be suspended and resumed`,
    "Take it out of `copySessionIds`.",
  );
}

export function suspendFirst({ id }: CopySession, isTurned: boolean): Stuck {
  return stuck(
    `copy session ${id} copies, and its ${isTurned ? "direction" : "modes"} can only be changed while it is suspended`,
    'Suspend the group first (targetState: "Suspend"), then declare it Active again.',
  );
}

/** Nothing irreversible on a guess, and no success either. */
export function notReported({ id }: CopySession, input: "direction" | keyof Modes): Stuck {
  return stuck(
    `the array does not report the ${input.replace("Mode", " mode")} of copy session ${id}, so the declared one can neither be set nor confirmed`,
    `Leave out \`${input}\`, or set it on the array.`,
  );
}

export function noSplitMode({ id, transferMode }: CopySession): Stuck {
  return stuck(
    `copy session ${id} is in ${transferMode} mode, and split mode exists in Synchronous mode only`,
    'Leave out `splitMode`, or declare transferMode: "Synchronous" with it.',
  );
}

/** States that no command leads out of. */
export const stuckIn = {
  through: ({ id }: CopySession) =>
    stuck(
      `copy session ${id} is in Through mode: nothing is transferred`,
      "Switch its transfer mode back on the array, then run `pulumi up` again.",
    ),
  "halted for good": ({ id }: CopySession) =>
    stuck(
      `copy session ${id} is halted, and its recovery mode is Manual`,
      "Fix the copy path; then suspend with `force`, and declare the group Active: that is the manual recovery.",
    ),
  failed: ({ id, status, errorCode }: CopySession) =>
    stuck(
      `copy session ${id} is in ${status}${errorCode === undefined ? "" : ` (copy error code ${errorCode})`}`,
      "Recover it on the array, or delete it there, then run again.",
    ),
} as const;

function stuck(why: string, next: string): Stuck {
  return { kind: "stuck", why, next };
}
