import { type Clock, systemClock } from "../async/clock.ts";
import { readWithRetry } from "../reconcile/read-with-retry.ts";
import type { ArrayConnection } from "./connection.ts";
import { type ArraySettings, readSettings } from "./settings.ts";
import type { SettingsSource, Vendor } from "./settings-source.ts";

/** How long a lookup may take, in milliseconds: a program waits for it before anything else happens. */
export const maxLookupMs = 60_000;

/** Where a lookup finds its array. */
export interface LookupTarget<Connection extends ArrayConnection> {
  readonly vendor: Vendor;
  readonly array: string | undefined;
  readonly source: SettingsSource;
  readonly connect: (settings: ArraySettings, deployment: { readonly clock: Clock }) => Connection;
  /** The connections that lookups are using now, by the array's name. */
  readonly pool: Map<string | undefined, PooledConnection<Connection>>;
}

/** A connection and how many lookups use it. */
export interface PooledConnection<Connection> {
  readonly array: Connection;
  users: number;
}

/**
 * Asks an array something from the program itself, outside the provider's process. Lookups that run at the same time share one login, which the last of
 * them gives back. A look that fails in passing is repeated for a minute.
 */
export async function lookUp<Connection extends ArrayConnection, Answer>(
  where: LookupTarget<Connection>,
  attempted: string,
  read: (array: Connection, signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  const clock = systemClock;
  const { array, done } = share(where, clock);
  const run = {
    clock,
    deadlineMs: clock.nowMs() + maxLookupMs,
    signal: new AbortController().signal,
    progress() {},
    warn() {},
    debug() {},
  };
  try {
    return await readWithRetry({ attempted, on: array.title }, (signal) => read(array, signal), run);
  } finally {
    await done();
  }
}

/** One connection per array, for as long as anybody uses it. */
function share<Connection extends ArrayConnection>(
  where: LookupTarget<Connection>,
  clock: Clock,
): { readonly array: Connection; done(): Promise<void> } {
  const { pool: inUse } = where;
  const found = inUse.get(where.array);
  const shared = found ?? {
    array: where.connect(readSettings(where.vendor, where.array, where.source), { clock }),
    users: 0,
  };
  shared.users += 1;
  inUse.set(where.array, shared);
  return {
    array: shared.array,
    async done() {
      shared.users -= 1;
      if (shared.users > 0) return;
      inUse.delete(where.array);
      await shared.array.logout();
    },
  };
}
