import { seededRandom } from "./random.ts";

/**
 * Runs with `setTimeout`, `Date.now` and `Math.random` replaced, so that hours pass in a moment, the same way each time, for whichever package waits in them.
 * Nothing but timers may be waited for.
 */
export async function inVirtualTime<Result>(seed: number, work: () => Promise<Result>): Promise<Result> {
  const real = { setTimeout, clearTimeout, now: Date.now, random: Math.random };
  let nowMs = 0;
  let timers = new Map<object, { readonly dueMs: number; fire(): void }>();
  const setVirtual = (fire: (...given: unknown[]) => void, delayMs = 0, ...given: unknown[]) => {
    const timer = { ref: () => timer, unref: () => timer, hasRef: () => true };
    timers.set(timer, { dueMs: nowMs + Math.max(1, delayMs), fire: () => fire(...given) });
    return timer;
  };
  const wakeEarliest = () => {
    nowMs = [...timers.values()].reduce((least, { dueMs }) => Math.min(least, dueMs), Number.POSITIVE_INFINITY);
    if (nowMs === Number.POSITIVE_INFINITY) throw new Error("it waits for something that is no timer");
    const due = [...timers].filter(([, { dueMs }]) => dueMs <= nowMs);
    for (const [timer] of due) timers.delete(timer);
    for (const [, { fire }] of due) fire();
  };
  let isOver = false;
  Object.assign(globalThis, { setTimeout: setVirtual, clearTimeout: (timer: object) => void timers.delete(timer) });
  Date.now = () => nowMs;
  Math.random = seededRandom(seed);
  try {
    const result = work().finally(() => {
      isOver = true;
    });
    for (;;) {
      await quiet();
      if (isOver) return await result;
      wakeEarliest();
    }
  } finally {
    timers = new Map();
    Object.assign(globalThis, { setTimeout: real.setTimeout, clearTimeout: real.clearTimeout });
    Date.now = real.now;
    Math.random = real.random;
  }
}

/** A few turns of the event loop: all that can happen without time has happened. */
async function quiet(): Promise<void> {
  for (let turn = 0; turn < 8; turn++) await new Promise((resolve) => setImmediate(resolve));
}
