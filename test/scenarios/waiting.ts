import type { Clock } from "../../provider/core/async/clock.ts";
import type { RunResult } from "../engine/engine.ts";

/** Waits for what can be observed on an array. */
export interface Waiting {
  /** Waits, within a run, until something can be observed. */
  during(running: Promise<RunResult>, isObserved: () => boolean): Promise<void>;
  /** Waits until something can be observed. */
  eventually(isObserved: () => boolean): Promise<void>;
}

const betweenMs = 20;
const longestMs = 120_000;

export function waitingOn(clock: Clock): Waiting {
  const until = async (isObserved: () => boolean, signal: AbortSignal) => {
    for (const endMs = clock.nowMs() + longestMs; !isObserved() && !signal.aborted; ) {
      if (clock.nowMs() > endMs) throw new Error(`not to be observed within ${longestMs / 1000} s: ${isObserved}`);
      await clock.sleep(betweenMs, signal);
    }
  };
  return {
    async during(running, isObserved) {
      const over = new AbortController();
      const tooEarly = running.then(({ output }) => {
        throw new Error(`the run ended before its time:\n${output}`);
      });
      await Promise.race([until(isObserved, over.signal), tooEarly]).finally(() => over.abort());
    },
    eventually: (isObserved) => until(isObserved, new AbortController().signal),
  };
}
