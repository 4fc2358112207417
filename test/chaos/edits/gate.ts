import type { ArrayAnswer, Exchange } from "../../arrays/exchange.ts";
import type { Strike } from "./schedule.ts";
import type { Act, ProgramTrial } from "./trial.ts";

/** What one command meets at the array. */
export interface Visit {
  readonly strike?: Strike | undefined;
  /** Called when the strike is due. */
  befall(): void;
  /** Whether the machine or its provider is lost, so that no request of it arrives any more. */
  isLost(): boolean;
  arrives(act: Act): void;
  took(act: Act, answer: ArrayAnswer): void;
}

/** Stands between the network and the array. @returns what says whose requests those are that come from now on */
export function openGate({ array, actIn }: ProgramTrial): (visit: Visit | undefined) => void {
  let visit: Visit | undefined;
  let acts = 0;
  const play = (exchange: Exchange) => {
    if (visit === undefined || visit.isLost()) return exchange.destroy("reset");
    const act = actIn(exchange.request);
    if (act === undefined) return exchange.send(exchange.handle());
    acts += 1;
    const { strike } = visit;
    const isDue = strike !== undefined && "act" in strike.at && strike.at.act === acts;
    if (isDue && !strike.at.isHandled) {
      visit.befall();
      if (visit.isLost()) return exchange.destroy("reset");
    }
    visit.arrives(act);
    const answer = exchange.handle();
    visit.took(act, answer);
    if (isDue && strike.at.isHandled) {
      visit.befall();
      if (visit.isLost()) return exchange.destroy("reset");
    }
    exchange.send(answer);
  };
  array.faults.add({ when: {}, times: Number.POSITIVE_INFINITY, do: { kind: "custom", play } });
  return (next) => {
    visit = next;
    acts = 0;
  };
}
