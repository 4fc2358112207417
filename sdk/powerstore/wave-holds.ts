import { type Output, output } from "@pulumi/pulumi";
import type { ImportSession } from "./import-session.ts";

export const cutOver = "Import_Completed";

/** Whether a member keeps the others from being cut over no longer: ready, or past it. The provider asks the array the same (`isPastCopy`). */
export function isReady(state: string | undefined): boolean {
  return readyStates.some((one) => one === state);
}

export function unready(states: Readonly<Record<string, string>>): string[] {
  return Object.keys(states).filter((member) => !isReady(states[member]));
}

export function statesOf(sessions: Readonly<Record<string, ImportSession>>): Output<Readonly<Record<string, string>>> {
  return output(Object.fromEntries(Object.entries(sessions).map(([member, { state }]) => [member, state])));
}

/** Why no member of the wave may be cut over; empty when nothing holds them. */
export function unreadyHold(wave: string, copies: Readonly<Record<string, ImportSession>>): Output<string> {
  return statesOf(copies).apply((states) => {
    const [first] = unready(states);
    return first === undefined ? "" : `${wave}-${first} is ${states[first]}, not ready for the cutover`;
  });
}

/** Why the members after the canary may not be cut over; empty when nothing holds them. */
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
