import type { ArrayAnswer, ArrayRequest, Faults, LoggedRequest } from "../../arrays/index.ts";

/** An answer that an array does not give until this is disposed of: what was asked has been carried out, and whoever asked does not know. */
export interface HeldAnswer extends Disposable {
  /** Aborts when it is being held. */
  readonly reached: AbortSignal;
  /** Gives it after all. */
  give(): void;
  /** What was asked of the array since. */
  askedSince(): readonly string[];
}

interface Held {
  readonly requests: readonly LoggedRequest[];
  readonly faults: Faults;
}

/** Holds the first answer that fits; everything before and after is answered. */
export function holdAnswer(
  { requests, faults }: Held,
  fits: (request: ArrayRequest, answer: ArrayAnswer) => boolean | Promise<boolean>,
): HeldAnswer {
  const reached = new AbortController();
  const given = Promise.withResolvers<void>();
  let already = 0;
  const fault = faults.add({
    when: {},
    times: Infinity,
    do: {
      kind: "custom",
      async play(exchange) {
        const answer = exchange.handle();
        if (!reached.signal.aborted && (await fits(exchange.request, answer))) {
          already = requests.length;
          reached.abort();
          await Promise.race([given.promise, exchange.pause(Infinity)]);
        }
        exchange.send(answer);
      },
    },
  });
  return {
    reached: reached.signal,
    give: given.resolve,
    askedSince: () => requests.slice(already).map(({ method, path }) => `${method} ${path}`),
    [Symbol.dispose]() {
      given.resolve();
      fault.remove();
    },
  };
}
