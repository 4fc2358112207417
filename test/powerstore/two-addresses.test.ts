import { expect, onTestFinished, test } from "vitest";
import { silentLog } from "../../provider/core/log.ts";
import { createProvider } from "../../provider/provider.ts";
import { type SimulatedPowerStore, startPowerStore } from "../arrays/index.ts";
import { defaultInventory } from "../arrays/powerstore/inventory.ts";
import { virtualClock } from "../core/virtual-clock.ts";

const urnOf = (name: string) => `urn:pulumi:prod::erp::pulumi-nodejs:dynamic/powerstore:ImportSession::${name}`;
const source = { remoteSystemId: "name:old-unity", sourceResourceId: "sv_42", type: "Non_Disruptive" };

/** The checks of a run whose stack knows two arrays. */
async function checking(east: SimulatedPowerStore, west: SimulatedPowerStore) {
  const settingsOf = ({ endpoint, username, password, caCertificate }: SimulatedPowerStore, host: string) => ({
    endpoint: endpoint.replace("127.0.0.1", host),
    username,
    password,
    caCertificate,
  });
  const arrays = { east: settingsOf(east, "127.0.0.1"), west: settingsOf(west, "localhost") };
  const provider = createProvider({
    clock: virtualClock(),
    log: silentLog,
    signal: new AbortController().signal,
    config: (key) => (key === "powerstore:arrays" ? JSON.stringify(arrays) : undefined),
  });
  onTestFinished(() => provider.end());
  return async (name: string, inputs: object) => {
    const answer = await provider.importSession.check?.({}, { ...source, ...inputs, resourceUrn: urnOf(name) });
    return answer?.failures ?? [];
  };
}

async function started(): Promise<SimulatedPowerStore> {
  const array = await startPowerStore();
  onTestFinished(() => array.close());
  return array;
}

test("two resources of one source are refused although they reach the array by two addresses", async () => {
  const array = await started();
  const check = await checking(array, array);
  expect(await check("a", { array: "east" })).toEqual([]);
  expect(await check("b", { array: "west", remoteSystemId: defaultInventory.remoteSystems[0]?.id })).toEqual([
    { property: "sourceResourceId", reason: expect.stringMatching(/both "b" .* and "a" .* declare source sv_42/) },
  ]);
});

test("two arrays may have sources of the same id", async () => {
  const check = await checking(await started(), await started());
  expect(await check("a", { array: "east" })).toEqual([]);
  expect(await check("b", { array: "west" })).toEqual([]);
});
