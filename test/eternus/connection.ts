import { onTestFinished } from "vitest";
import type { ArraySettings } from "../../provider/core/array/settings.ts";
import { connectEternus, type EternusArray } from "../../provider/eternus/connect.ts";
import { type EternusOptions, type SimulatedEternus, startEternus } from "../arrays/index.ts";
import { settingsFor } from "../core/settings-for.ts";
import { virtualTime } from "../engine/time.ts";

/** A simulated array and a connection to it, both in virtual time. For requests; a story of a group is told with `oneGroup`. */
export interface Connected {
  readonly array: SimulatedEternus;
  readonly connection: EternusArray;
}

export async function connected(
  options: EternusOptions = {},
  settings: Partial<ArraySettings> = {},
): Promise<Connected> {
  const time = virtualTime(1);
  const array = await startEternus({ clock: time.arrays, ...options });
  const connection = connectEternus(settingsFor(array, settings), { clock: time.clock });
  onTestFinished(async () => {
    await connection.logout();
    await array.close();
  });
  return { array, connection };
}
