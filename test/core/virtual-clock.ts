import type { Clock } from "../../provider/core/async/clock.ts";
import { nextRequestEnd, requestsEnded, requestsUnderWay } from "./requests-under-way.ts";

export interface VirtualClockOptions {
  /** Virtual time at the start. @default 2030-01-01T00:00:00Z, as that of a stepped array clock */
  readonly startMs?: number;
  /** Clocks taken along, step by step: the stepped clocks of simulated arrays, or anything that can be advanced. */
  readonly along?: readonly { advance(ms: number): void }[];
  /** @default always 0 */
  readonly chance?: () => number;
  /**
   * Real milliseconds after which a request that got no answer no longer holds time back: for arrays scripted never to answer.
   * @default Infinity: time stands still until it is answered, however slow the machine
   */
  readonly hungAfterMs?: number;
}

/** A product clock whose sleepers never really sleep. */
export interface VirtualClock extends Clock {
  /** How many sleep now: 0 after a run, or it has left a timer behind. */
  readonly sleeping: number;
  /** Holds time still until the work is done: for real work that is no HTTP request (a file, a child process, gRPC). */
  whileBusy<Result>(work: Promise<Result>): Promise<Result>;
  /** Lets so much time pass although requests may be under way, waking who is due on the way. */
  advance(ms: number): Promise<void>;
}

/**
 * Makes virtual time: as soon as all that can happen now has happened, it jumps to the earliest sleeper's end.
 *
 * "All that can happen now" has to be judged from outside, and a wrong judgement is expensive: a run keeps one sleeper for its
 * whole deadline, so a jump while an answer is still on its way would end the run. So time moves only when
 *
 * 1. no HTTP request sent since the clock was made is under way: counted by undici's own diagnostics channels, hence also for
 *    requests nobody thought of; the product has no other I/O while it waits;
 * 2. nobody holds it with `whileBusy`;
 * 3. that has been so for several turns of the event loop, in which nobody fell asleep or woke up, and no request was answered
 *    within the process either: an answer needs a few turns from its last byte to the code that waits for it, and that code a few
 *    microtasks to its next request or sleep.
 *
 * Then it moves to the earliest end only, wakes all who end at that instant in the order in which they fell asleep, and waits for
 * quiet again before the next. Nothing of it measures real time, so a slow machine makes tests slow and never wrong.
 */
export function virtualClock(options: VirtualClockOptions = {}): VirtualClock {
  const madeAtMs = performance.now();
  const hungAfterMs = options.hungAfterMs ?? Number.POSITIVE_INFINITY;
  let nowMs = options.startMs ?? Date.UTC(2030, 0, 1);
  let sleepers: Sleeper[] = [];
  let held = 0;
  let stirrings = 0;
  let running = false;

  const moveTo = (dueMs: number) => {
    const stepMs = dueMs - nowMs;
    if (stepMs <= 0) return;
    nowMs = dueMs;
    for (const other of options.along ?? []) other.advance(stepMs);
  };
  const wakeEarliest = () => {
    const dueMs = Math.min(...sleepers.map((sleeper) => sleeper.dueMs));
    moveTo(dueMs);
    for (const sleeper of sleepers.filter((one) => one.dueMs <= dueMs)) sleeper.wake();
  };
  const isBusy = () => held > 0 || requestsUnderWay(madeAtMs, hungAfterMs) > 0;
  const untilQuiet = async () => {
    const stirred = () => stirrings + requestsEnded();
    for (let quietTurns = 0, seen = stirred(); quietTurns < quietTurnsNeeded; ) {
      await (isBusy() ? nextRequestEnd(lookAgainMs) : nextTurn());
      quietTurns = isBusy() || seen !== stirred() ? 0 : quietTurns + 1;
      seen = stirred();
    }
  };
  const run = async () => {
    if (running) return;
    running = true;
    while (sleepers.length > 0) {
      await untilQuiet();
      if (sleepers.length > 0) wakeEarliest();
    }
    running = false;
  };

  return {
    nowMs: () => nowMs,
    chance: options.chance ?? (() => 0),
    get sleeping() {
      return sleepers.length;
    },
    sleep: (durationMs, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const sleeper: Sleeper = {
          dueMs: nowMs + Math.max(durationMs, 0),
          wake() {
            stirrings += 1;
            sleepers = sleepers.filter((other) => other !== sleeper);
            signal.removeEventListener("abort", sleeper.wake);
            resolve();
          },
        };
        stirrings += 1;
        sleepers.push(sleeper);
        signal.addEventListener("abort", sleeper.wake);
        void run();
      }),
    async whileBusy(work) {
      held += 1;
      try {
        return await work;
      } finally {
        held -= 1;
      }
    },
    async advance(ms) {
      const untilMs = nowMs + ms;
      while (sleepers.some((sleeper) => sleeper.dueMs <= untilMs)) {
        wakeEarliest();
        for (let turn = 0; turn < quietTurnsNeeded; turn++) await nextTurn();
      }
      moveTo(untilMs);
    },
  };
}

interface Sleeper {
  readonly dueMs: number;
  wake(): void;
}

// Real time after which a busy clock looks again although no request has ended: for `whileBusy` and `hungAfterMs`.
const lookAgainMs = 2;

// Four would do for an HTTP answer on an idle machine; a turn costs microseconds.
const quietTurnsNeeded = 10;

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
