import { subscribe } from "node:diagnostics_channel";

// undici tells of every request of this process on these channels, from the moment it is handed to a connection until its
// answer is complete or it has failed, so that nobody has to remember to count.
const startedAtMs = new Map<object, number>();
const waiting = new Set<() => void>();
let endedCount = 0;
subscribe("undici:request:create", (message) => startedAtMs.set(requestOf(message), performance.now()));
subscribe("undici:request:trailers", ended);
subscribe("undici:request:error", ended);

/**
 * How many HTTP requests of this process are on their way to an answer.
 *
 * @param sinceMs counts only those sent after this moment of `performance.now()`
 * @param hungAfterMs real time after which a request counts no more: nobody will answer it
 */
export function requestsUnderWay(sinceMs: number, hungAfterMs: number): number {
  const nowMs = performance.now();
  return [...startedAtMs.values()].filter((startMs) => startMs >= sinceMs && nowMs - startMs < hungAfterMs).length;
}

/** How many requests of this process have come to an end so far, with or without an answer. */
export function requestsEnded(): number {
  return endedCount;
}

/** Counts a request that was answered within this process, in one moment and without HTTP: nobody else hears of it. */
export function countAnsweredInProcess(): void {
  endedCount += 1;
}

/** Resolves when any request has ended, or after so many real milliseconds. */
export function nextRequestEnd(atMostMs: number): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      waiting.delete(wake);
      resolve();
    };
    const timer = setTimeout(wake, atMostMs);
    waiting.add(wake);
  });
}

function ended(message: unknown): void {
  startedAtMs.delete(requestOf(message));
  endedCount += 1;
  for (const wake of [...waiting]) wake();
}

function requestOf(message: unknown): object {
  if (typeof message === "object" && message !== null && "request" in message) {
    const { request } = message;
    if (typeof request === "object" && request !== null) return request;
  }
  throw new TypeError("undici speaks otherwise about its requests than it used to");
}
