/** Where a simulated array takes its time from: everything it shows is derived from this, at each request. */
export interface ArrayClock {
  /** Milliseconds since the epoch, in the array's own (virtual) time. */
  nowMs(): number;
  /** Resolves when so much of this time has passed: an answer that is late waits so. @default `nowMs` is asked until it has */
  pass?(ms: number): Promise<void>;
}

/** Something whose state is a function of time: it is brought up to date before each look at it, and has no timers. */
export interface TimedModel {
  /** Lets everything happen that is due by then. Never goes back: an earlier time than the last changes nothing. */
  advanceTo(nowMs: number): void;
}

/** A clock that only moves when a test moves it. */
export interface SteppedClock extends ArrayClock {
  /** Moves the clock forward. @throws RangeError for a negative or non-finite number of milliseconds. */
  advance(ms: number): void;
}

/** Real time, run faster: with factor 60 a copy that takes an hour takes a minute. */
export function scaledClock(options: {
  /** Virtual milliseconds per real millisecond, above 0. */
  readonly factor: number;
  /** Virtual time at this call. @default the real time now */
  readonly startMs?: number;
}): ArrayClock {
  if (!(options.factor > 0 && Number.isFinite(options.factor))) {
    throw new RangeError(`the factor of a scaled clock must be above 0, not ${options.factor}`);
  }
  const startMs = options.startMs ?? Date.now();
  // The monotonic clock: a correction of the machine's time must not make a simulated copy jump.
  const realStartMs = performance.now();
  return {
    nowMs: () => Math.floor(startMs + (performance.now() - realStartMs) * options.factor),
    pass: (ms) => realPause(ms / options.factor),
  };
}

/** Waits for an array's time to pass. */
export async function passed(clock: ArrayClock, ms: number): Promise<void> {
  if (clock.pass !== undefined) return clock.pass(ms);
  const untilMs = clock.nowMs() + ms;
  while (clock.nowMs() < untilMs) await realPause(askAgainMs);
}

const askAgainMs = 2;

/** Keeps no process alive. */
function realPause(ms: number): Promise<void> {
  // A timer cannot be set to more than 2^31-1 ms: Node would fire it at once.
  return new Promise((resolve) => void setTimeout(resolve, Math.min(ms, 2 ** 31 - 1)).unref());
}

/**
 * Time that stands still until `advance` is called.
 * `startMs` is the virtual time at this call. @default 2030-01-01T00:00:00Z, so that recorded times are the same in every run
 */
export function steppedClock(options: { readonly startMs?: number } = {}): SteppedClock {
  let nowMs = options.startMs ?? Date.UTC(2030, 0, 1);
  return {
    nowMs: () => nowMs,
    advance(ms) {
      if (!(ms >= 0 && Number.isFinite(ms))) throw new RangeError(`a clock cannot be advanced by ${ms} ms`);
      nowMs += ms;
    },
  };
}
