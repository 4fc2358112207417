import type { Temper } from "./temperament.ts";

/** What everything is answered with during a failover; `undefined` while there is none. */
export function failoverStatus(temper: Temper, nowMs: number): 401 | 403 | 404 | undefined {
  const turn = temper.turn("failovers", everyMs, nowMs);
  return turn === undefined ? undefined : statuses[turn % statuses.length];
}

const everyMs = 5 * 60_000;
const statuses = [401, 403, 404] as const;
