import { onTestFinished } from "vitest";
import type { PowerStoreClient } from "../../provider/powerstore/client.ts";
import { connectPowerStore } from "../../provider/powerstore/connect.ts";
import { steppedClock } from "../arrays/clock.ts";
import { expectValidRequest } from "../arrays/powerstore/contract/expect-valid.ts";
import { type PowerStoreOptions, type SimulatedPowerStore, startPowerStore } from "../arrays/powerstore/power-store.ts";
import { settingsFor } from "../core/settings-for.ts";
import { virtualClock } from "../core/virtual-clock.ts";

/** An array, and a client that is connected to it. */
export async function connected(
  options: PowerStoreOptions = {},
): Promise<{ array: SimulatedPowerStore; client: PowerStoreClient; logout(): Promise<void> }> {
  const arrayClock = steppedClock();
  const array = await startPowerStore({ clock: arrayClock, ...options });
  const clock = virtualClock({ along: [arrayClock] });
  const { client, logout } = connectPowerStore(settingsFor(array), { clock });
  onTestFinished(async () => {
    await logout();
    await array.close();
    for (const request of array.requests) expectValidRequest(request);
  });
  return { array, client, logout };
}
