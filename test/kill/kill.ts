import type { Faults } from "../arrays/index.ts";
import type { Interruption } from "../engine/engine.ts";
import { type WayName, wayNames, ways } from "../scenarios/interruptions/ways.ts";
import type { Random } from "./random.ts";

/** How and when a run is to be killed: relative to what its arrays are asked. */
export interface Kill {
  readonly way: WayName;
  /** The nth request, or the nth act, whose answer is then held back. */
  readonly at: { readonly kind: "request" | "act"; readonly nth: number };
  /** From that request to the strike, and from a strike to the next. */
  readonly delayMs: number;
  readonly apartMs: number;
  /** How long an answer is held back after the strike. */
  readonly heldMs: number;
}

export function chooseKill(random: Random): Kill {
  const [first = "Ctrl-C", ...others] = wayNames;
  const kind = random.chance(0.4) ? "act" : "request";
  return {
    way: random.one([first, ...others]),
    at: { kind, nth: kind === "act" ? random.one([1, 1, 2]) : random.whole(1, 10) },
    delayMs: random.whole(0, 150),
    apartMs: random.whole(0, 800),
    heldMs: random.chance(0.5) ? random.whole(0, 300) : random.whole(300, 3000),
  };
}

/** A kill that waits for its moment. */
export interface Ambush extends Disposable {
  readonly interruptions: readonly Interruption[];
  readonly hasStruck: boolean;
}

export function lieInWait(arrays: readonly { readonly faults: Faults }[], kill: Kill): Ambush {
  const { strikes } = ways[kill.way];
  const controllers = strikes.map((how) => ({ how, controller: new AbortController() }));
  const timers: NodeJS.Timeout[] = [];
  let seen = 0;
  const strike = () => {
    for (const [index, { controller }] of controllers.entries())
      timers.push(setTimeout(() => controller.abort(), kill.delayMs + index * kill.apartMs));
  };
  const faults = arrays.map((array) =>
    array.faults.add({
      when: {},
      times: Infinity,
      do: {
        kind: "custom",
        async play(exchange) {
          const answer = exchange.handle();
          const { method, path } = exchange.request;
          const isAct = method !== "GET" && !/\/(logout|job\/\d+)$/.test(path);
          if (kill.at.kind === "request" || isAct) seen += 1;
          if (seen === kill.at.nth && timers.length === 0) {
            strike();
            if (kill.at.kind === "act") await exchange.pause(kill.delayMs + kill.heldMs);
          }
          exchange.send(answer);
        },
      },
    }),
  );
  return {
    interruptions: controllers.map(({ how, controller }) => ({ when: controller.signal, how })),
    get hasStruck() {
      return controllers.some(({ controller }) => controller.signal.aborted);
    },
    [Symbol.dispose]() {
      for (const timer of timers) clearTimeout(timer);
      for (const fault of faults) fault.remove();
    },
  };
}
