import { type Output, output } from "@pulumi/pulumi";
import { isPastCopy } from "../../provider/powerstore/import-session/states.ts";
import type { ImportSession } from "./import-session.ts";

export const cutOver = "Import_Completed";

/** The members that still hold the others: neither ready for the cutover nor past it. The provider applies the same test to the array's answer. */
export function unready(states: Readonly<Record<string, string>>): string[] {
  return Object.keys(states).filter((member) => !isPastCopy(states[member]));
}

export function statesOf(sessions: Readonly<Record<string, ImportSession>>): Output<Readonly<Record<string, string>>> {
  return output(Object.fromEntries(Object.entries(sessions).map(([member, { state }]) => [member, state])));
}

/** Why the wave must not cut over any member; empty if nothing holds them. */
export function unreadyHold(wave: string, copies: Readonly<Record<string, ImportSession>>): Output<string> {
  return statesOf(copies).apply((states) => {
    const [first] = unready(states);
    return first === undefined ? "" : `${wave}-${first} is ${states[first]}, not ready for the cutover`;
  });
}

/** Why the wave must not cut over the members after the canary; empty if nothing holds them. */
export function canaryHold(canary: string, state: string): string {
  return state === cutOver ? "" : `the canary ${canary} is ${state}, not cut over yet`;
}
