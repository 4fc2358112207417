import type { SteppedClock } from "../arrays/clock.ts";
import { type VirtualClock, virtualClock } from "../core/virtual-clock.ts";

/** Virtual time with things that happen in it, by themselves: they are nobody's sleep. */
export interface Timeline {
  readonly clock: VirtualClock;
  /** Has something happen so long from now. */
  after(ms: number, what: () => void): void;
  /** Forgets what has not happened. */
  clear(): void;
}

/** Time for the product, and a clock for an array along with it. */
export function timeline(arrayClock: SteppedClock, chance?: () => number): Timeline {
  let events: { readonly dueMs: number; readonly what: () => void }[] = [];
  let passedMs = 0;
  const along = {
    advance(ms: number) {
      const untilMs = passedMs + ms;
      for (let next = earliest(); next !== undefined && next.dueMs <= untilMs; next = earliest()) {
        const due = next;
        arrayClock.advance(Math.max(0, due.dueMs - passedMs));
        passedMs = Math.max(passedMs, due.dueMs);
        events = events.filter((event) => event !== due);
        due.what();
      }
      arrayClock.advance(untilMs - passedMs);
      passedMs = untilMs;
    },
  };
  const earliest = () => events.toSorted((one, other) => one.dueMs - other.dueMs)[0];
  return {
    clock: virtualClock({ along: [along], ...(chance === undefined ? {} : { chance }) }),
    after: (ms, what) => void events.push({ dueMs: passedMs + ms, what }),
    clear() {
      events = [];
    },
  };
}
