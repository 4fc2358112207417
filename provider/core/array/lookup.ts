import { type Clock, systemClock } from "../async/clock.ts";
import { readWithRetry } from "../reconcile/read-with-retry.ts";
import type { ArrayConnection } from "./connection.ts";
import { type ArraySettings, readSettings } from "./settings.ts";
import type { SettingsSource, Vendor } from "./settings-source.ts";

/** How long a lookup may take, in milliseconds. The program waits for it before Pulumi does anything else. */
const maxLookupMs = 60_000;

/** The array of a lookup, and how to connect to it. */
interface LookupTarget<Connection extends ArrayConnection> {
  readonly vendor: Vendor;
  readonly array: string | undefined;
  readonly source: SettingsSource;
  readonly connect: (settings: ArraySettings, deployment: { readonly clock: Clock }) => Connection;
  /** The connections that lookups use now, by the array's name. */
  readonly pool: Map<string | undefined, PooledConnection<Connection>>;
}

/** A connection and how many lookups use it. */
export interface PooledConnection<Connection> {
  readonly array: Connection;
  users: number;
}

/**
 * Reads an array from the program itself, outside the provider's process. Lookups that run at the same time share one login, and the last of them logs out.
 * After a transient failure, reads again for up to a minute.
 */
export async function lookUp<Connection extends ArrayConnection, Answer>(
  target: LookupTarget<Connection>,
  attempted: string,
  read: (array: Connection, signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  const clock = systemClock;
  const { vendor, source, connect, pool } = target;
  const open = () => connect(readSettings(vendor, target.array, source), { clock });
  const shared = pool.get(target.array) ?? { array: open(), users: 0 };
  shared.users += 1;
  pool.set(target.array, shared);
  const { array } = shared;
  const deadlineMs = clock.nowMs() + maxLookupMs;
  const run = { clock, deadlineMs, signal: new AbortController().signal, progress() {}, warn() {}, debug() {} };
  try {
    return await readWithRetry({ attempted, on: array.title }, (signal) => read(array, signal), run);
  } finally {
    shared.users -= 1;
    if (shared.users === 0) {
      pool.delete(target.array);
      await array.logout();
    }
  }
}
