import { expect, onTestFinished } from "vitest";
import { expectValidRequest } from "../arrays/powerstore/contract/expect-valid.ts";
import { type PowerStoreOptions, type SimulatedPowerStore, startPowerStore } from "../arrays/powerstore/power-store.ts";
import { providerHere } from "../engine/direct/host.ts";
import { configFor } from "../engine/direct/one-resource.ts";
import type { Checked, Made } from "../engine/dynamic-provider/hooks.ts";
import { type VirtualTime, virtualTime } from "../engine/time.ts";
import { sampleUrn } from "./import-session/samples.ts";
import { sentTo } from "./sent.ts";

/** One run of the provider with many import sessions on one simulated array, in virtual time. */
export interface ManyImports {
  readonly array: SimulatedPowerStore;
  readonly clock: VirtualTime["clock"];
  check(name: string, inputs: object): Promise<Checked>;
  create(name: string, inputs: object): Promise<Made>;
  /** Has something happen so long from now, in the middle of whatever runs then. */
  later(ms: number, what: () => unknown): void;
  /** What Ctrl-C does. */
  interrupt(): Promise<void>;
  /** The warnings so far. */
  warnings(): readonly string[];
  sent(): readonly string[];
}

/** Starts an array and a provider. At the end of the test nobody may wait any more, no login may be left, and every request must be one the vendor foresees. */
export async function manyImports(options: PowerStoreOptions = {}): Promise<ManyImports> {
  const time = virtualTime(1);
  const array = await startPowerStore({ clock: time.arrays, ...options });
  const warnings: string[] = [];
  const { provider, stop } = await providerHere(
    {
      time,
      environment: {},
      config: configFor("powerstore", array),
      onLog: ({ severity, message }) => void (severity === "warning" && warnings.push(message)),
      onLine: () => {},
    },
    (log) => log,
  );
  onTestFinished(async () => {
    await stop();
    const left = array.logins;
    await array.close();
    expect(left, "logins left on the array").toBe(0);
    expect(time.clock.sleeping, "sleepers left behind, or events that did not come to pass").toBe(0);
    for (const request of array.requests) expectValidRequest(request);
  });
  const asked = (name: string, inputs: object) => {
    const urn = `${sampleUrn}-${name}`;
    return { urn, given: { ...inputs, resourceUrn: urn, __provider: hooks } };
  };
  return {
    array,
    clock: time.clock,
    check(name, inputs) {
      const { urn, given } = asked(name, inputs);
      return provider.check(urn, {}, given);
    },
    create(name, inputs) {
      const { urn, given } = asked(name, inputs);
      return provider.create(urn, given);
    },
    later: (ms, what) => void time.clock.sleep(ms, new AbortController().signal).then(what),
    interrupt: () => provider.cancel(),
    warnings: () => warnings,
    sent: () => sentTo(array),
  };
}

const hooks = 'exports.handler=()=>require("pulumi-storage-migration/provider").importSession';
