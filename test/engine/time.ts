import { type Clock, systemClock } from "../../provider/core/async/clock.ts";
import { type ArrayClock, scaledClock, steppedClock } from "../arrays/clock.ts";
import { type VirtualClock, virtualClock } from "../core/virtual-clock.ts";

/** The time in which a stack and the arrays it works on live. */
export interface Time {
  /** For the arrays: it passes faster by the factor the time was opened with. */
  readonly arrays: ArrayClock;
  /** For everybody else in this process. */
  readonly clock: Clock;
  /** Holds time still until the work is done, where it would jump meanwhile. For what is no HTTP request: a file, a child process. */
  whileBusy<Result>(work: Promise<Result>): Promise<Result>;
}

/** The time of the machine, for what runs in processes of its own. */
export function realTime(factor: number): Time {
  return { arrays: scaledClock({ factor }), clock: systemClock, whileBusy: (work) => work };
}

export interface VirtualTime extends Time {
  readonly clock: VirtualClock;
}

/** Time that jumps to the next moment at which anything happens, for what runs in this process. */
export function virtualTime(factor: number, chance?: () => number): VirtualTime {
  const arrays = steppedClock();
  const along = [{ advance: (ms: number) => arrays.advance(ms * factor) }];
  const clock = virtualClock({ along, ...(chance === undefined ? {} : { chance }) });
  return { arrays: { nowMs: arrays.nowMs, pass }, clock, whileBusy: clock.whileBusy };

  /** An answer that is late must bring its own time along: this clock stands still while a request is under way. */
  async function pass(ms: number): Promise<void> {
    const untilMs = arrays.nowMs() + ms;
    // By the second, so that two late answers share the time they wait.
    while (arrays.nowMs() < untilMs) await clock.advance(Math.min(1000, untilMs - arrays.nowMs()) / factor);
  }
}
