import { expect } from "vitest";
import type { Changes, StateResource } from "../../engine/engine.ts";
import type { Way } from "./ways.ts";

/** What a create leaves whose engine was killed. */
export const lostCreate = expect.objectContaining({ id: "", pending: "creating" });

/** One resource changed so. */
export function oneIf(change: keyof Changes): Partial<Changes> {
  return { [change]: 1 };
}

/** Saved with what was seen last, and with why it ended. */
export function expectSaved(left: StateResource | undefined): void {
  expect(left).toMatchObject({
    id: expect.stringMatching(/./),
    initErrors: [expect.stringContaining("the run was interrupted")],
  });
  expect(left?.pending).toBeUndefined();
}

export function expectSettled(left: StateResource | undefined, state: string): void {
  expect(left).toMatchObject({ id: expect.stringMatching(/./), initErrors: [], outputs: { state } });
  expect(left?.pending).toBeUndefined();
}

/** Still recorded under its id; what was being done is known only where nobody was left to end it. */
export function expectAsBefore(left: StateResource | undefined, { leaves }: Way, doing: string): void {
  expect(left?.id).toMatch(/./);
  expect(left?.pending).toBe(leaves === "pending" ? doing : undefined);
}
