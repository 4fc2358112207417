import { expect, onTestFinished } from "vitest";
import type { RecordedImport } from "../../provider/powerstore/import-session/recorded.ts";
import { expectValidRequest } from "../arrays/powerstore/contract/expect-valid.ts";
import { type PowerStoreOptions, type SimulatedPowerStore, startPowerStore } from "../arrays/powerstore/power-store.ts";
import { configFor, type OneResource, openOneResource } from "../engine/direct/one-resource.ts";
import { type VirtualTime, virtualTime } from "../engine/time.ts";
import { sampleUrn } from "./import-session/samples.ts";
import { sentTo } from "./sent.ts";

/** A stack of one import session, and the simulated array it works on, in virtual time. */
export interface OneImport extends OneResource<RecordedImport> {
  readonly array: SimulatedPowerStore;
  readonly clock: VirtualTime["clock"];
  /** What was sent to change something, in short: `create`, `cutover`, `cancel with force`, `remove`. */
  sent(): readonly string[];
}

/**
 * Starts an array, and opens a stack with nothing on record. At the end of the test nobody may wait any more, no login may be left on the array unless the machine
 * was lost, and every request must be one the vendor foresees.
 *
 * @param settings under `powerstore:`, besides those that lead to the array
 */
export async function oneImport(
  options: PowerStoreOptions = {},
  settings: Readonly<Record<string, string>> = {},
): Promise<OneImport> {
  const time = virtualTime(1);
  const array = await startPowerStore({ clock: time.arrays, ...options });
  const config = configFor("powerstore", array, settings);
  const one = openOneResource<RecordedImport>({ urn: sampleUrn, hooks: "importSession", time, config });
  let isLost = false;
  onTestFinished(async () => {
    const left = array.logins;
    await array.close();
    if (!isLost) expect(left, "logins left on the array").toBe(0);
    expect(time.clock.sleeping, "sleepers left behind, or events that did not come to pass").toBe(0);
    for (const request of array.requests) expectValidRequest(request);
  });
  return {
    ...one,
    array,
    clock: time.clock,
    loseMachineAfter(ms) {
      isLost = true;
      one.loseMachineAfter(ms);
    },
    sent: () => sentTo(array),
  };
}
