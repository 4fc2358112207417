import { expect, onTestFinished } from "vitest";
import type { RecordedGroup } from "../../provider/eternus/rec-session-group/recorded.ts";
import { type EternusOptions, type SimulatedEternus, startEternus } from "../arrays/index.ts";
import { configFor, type OneResource, openOneResource } from "../engine/direct/one-resource.ts";
import { type VirtualTime, virtualTime } from "../engine/time.ts";

/** A stack of one group of REC sessions, and the simulated array it works on, in virtual time. */
export interface OneGroup extends OneResource<RecordedGroup> {
  readonly array: SimulatedEternus;
  readonly clock: VirtualTime["clock"];
}

export const groupUrn = "urn:pulumi:test::migration::pulumi-nodejs:dynamic/eternus:RecSessionGroup::erp-dr";

/**
 * Starts an array, and opens a stack with nothing on record. At the end of the test nobody may wait any more, and no login may be left on the array unless the
 * machine was lost.
 *
 * @param settings under `eternus:`, besides those that lead to the array
 */
export async function oneGroup(
  options: EternusOptions = {},
  settings: Readonly<Record<string, string>> = {},
): Promise<OneGroup> {
  const time = virtualTime(1);
  const array = await startEternus({ clock: time.arrays, ...options });
  const config = configFor("eternus", array, settings);
  const one = suspending(openOneResource<RecordedGroup>({ urn: groupUrn, hooks: "recSessionGroup", time, config }));
  let isLost = false;
  onTestFinished(async () => {
    const left = array.logins;
    await array.close();
    if (!isLost) expect(left, "logins left on the array").toBe(0);
    expect(time.clock.sleeping, "sleepers left behind, or events that did not come to pass").toBe(0);
  });
  return {
    ...one,
    array,
    clock: time.clock,
    loseMachineAfter(ms) {
      isLost = true;
      one.loseMachineAfter(ms);
    },
  };
}

/** What is declared is to be suspended, unless the test says something else. */
function suspending(one: OneResource<RecordedGroup>): OneResource<RecordedGroup> {
  return {
    ...one,
    preview: (inputs, options) => one.preview({ targetState: "Suspend", ...inputs }, options),
    up: (inputs, options) => one.up({ targetState: "Suspend", ...inputs }, options),
    another: (changes) => suspending(one.another(changes)),
  };
}
