import type { Clock } from "../../../provider/core/async/clock.ts";

/** What becomes of a call to a provider whose process dies in the middle of it. */
export class ConnectionDropped extends Error {
  override readonly name = "ConnectionDropped" as const;
  constructor() {
    super("Connection dropped");
    this.stack = "";
  }
}

/** A clock for somebody who may die: then its sleepers never wake, and leave nothing behind. */
export function mortalClock(clock: Clock, death: AbortSignal): Clock {
  return {
    nowMs: () => clock.nowMs(),
    chance: () => clock.chance(),
    sleep: (durationMs, signal) =>
      new Promise((resolve) => {
        clock.sleep(durationMs, AbortSignal.any([signal, death])).then(() => {
          if (!death.aborted) resolve();
        });
      }),
  };
}

/** Waits for the work, but not longer than until the death of who does it. @throws ConnectionDropped */
export function unlessDead<Result>(work: Promise<Result>, death: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const die = () => reject(new ConnectionDropped());
    if (death.aborted) die();
    death.addEventListener("abort", die);
    work.then(resolve, reject).finally(() => death.removeEventListener("abort", die));
  });
}
