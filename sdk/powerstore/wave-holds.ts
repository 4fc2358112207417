import { type Output, output } from "@pulumi/pulumi";
import type { ImportSession } from "./import-session.ts";

export const cutOver = "Import_Completed";

/** Whether a member is ready for the cutover or past it, so it no longer holds the others. The provider applies the same test to the array's answer (`isPastCopy`). */
export function isReady(state: string | undefined): boolean {
  return readyStates.some((one) => one === state);
}

export function unready(states: Readonly<Record<string, string>>): string[] {
  return Object.keys(states).filter((member) => !isReady(states[member]));
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

const readyStates = [
  "Ready_For_Cutover",
  "Cutover_In_Progress",
  "Import_Cutover_Incomplete",
  "Import_Completed_With_Errors",
  cutOver,
];
