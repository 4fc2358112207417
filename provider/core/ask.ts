import { type Clock, systemClock } from "./clock.ts";
import type { ArrayConnection } from "./connect-array.ts";
import { look } from "./look.ts";
import { type ArraySettings, readSettings, type SettingsSource, type Vendor } from "./settings.ts";

/** How long a lookup may take, in milliseconds: a program waits for it before anything else happens. */
export const longestLookupMs = 60_000;

/**
 * Asks an array something from the program itself, outside the provider's process: logs in, reads, gives the login back. A look that fails in passing
 * is repeated for a minute.
 */
export async function ask<Connection extends ArrayConnection, Answer>(
  where: {
    readonly vendor: Vendor;
    readonly array: string | undefined;
    readonly source: SettingsSource;
    readonly connect: (settings: ArraySettings, deployment: { readonly clock: Clock }) => Connection;
  },
  attempted: string,
  read: (array: Connection, signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  const clock = systemClock;
  const array = where.connect(readSettings(where.vendor, where.array, where.source), { clock });
  const run = {
    clock,
    deadlineMs: clock.nowMs() + longestLookupMs,
    signal: new AbortController().signal,
    progress() {},
    warn() {},
    debug() {},
  };
  try {
    return await look({ attempted, on: array.title }, (signal) => read(array, signal), run);
  } finally {
    await array.logout();
  }
}
