import type { Workload } from "./workload.ts";

/** One way to wait for many copies. */
export interface Strategy {
  readonly name: string;
  /** Waits for all, from time 0 on. */
  wait(workload: Workload, tally: Tally): Promise<void>;
}

/** What a strategy costs, and how late it is. */
export interface Tally {
  request(): void;
  /** To be called when it has come to know that a copy has ended. */
  noticed(index: number): void;
}

export interface Measured {
  readonly name: string;
  readonly requestsEach: number;
  /** How long after its end a copy is known to have ended, in seconds. */
  readonly lateS: { readonly p50: number; readonly p95: number; readonly p99: number };
}

export function openTally(workload: Workload): Tally & { measured(name: string): Measured } {
  let requests = 0;
  const lateMs: number[] = [];
  return {
    request: () => void requests++,
    noticed: (index) => void lateMs.push(Date.now() - workload.endMs(index)),
    measured(name) {
      if (lateMs.length !== workload.count)
        throw new Error(`${name} has noticed ${lateMs.length} of ${workload.count}`);
      if (Math.min(...lateMs) < 0) throw new Error(`${name} has called a copy done that was not`);
      lateMs.sort((one, other) => one - other);
      const quantile = (part: number) => (lateMs[Math.ceil(part * lateMs.length) - 1] ?? 0) / 1000;
      const lateS = { p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99) };
      return { name, requestsEach: requests / workload.count, lateS };
    },
  };
}

/** Waits for each copy by itself. */
export function oneByOne(name: string, waitFor: (look: () => boolean) => Promise<void>): Strategy {
  return {
    name,
    async wait(workload, tally) {
      await Promise.all(
        Array.from({ length: workload.count }, async (_, index) => {
          await waitFor(() => {
            tally.request();
            return Date.now() >= workload.endMs(index);
          });
          tally.noticed(index);
        }),
      );
    },
  };
}
