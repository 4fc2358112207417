import type { dynamic } from "@pulumi/pulumi";
import type { ArrayConnection } from "../../provider/core/array/connection.ts";
import type { Clock } from "../../provider/core/async/clock.ts";
import type { Deployment } from "../../provider/core/pulumi/deployment.ts";
import type { VirtualClock } from "../core/virtual-clock.ts";

/** One provider process: it serves one command, and dies with it. */
export interface ProviderProcess {
  readonly hooks: dynamic.ResourceProvider;
  readonly isInterrupted: boolean;
  readonly isKilled: boolean;
  /** All that it said, to whomever. */
  readonly said: readonly string[];
  /** Warnings only. */
  readonly warned: readonly string[];
  interrupt(): void;
  /** Nothing of it continues; nobody hears from it again. */
  kill(): void;
  /** Waits for the work, but not longer than until the process is killed. @throws Killed */
  unlessKilled<Result>(work: Promise<Result>): Promise<Result>;
  /** The end of every command: gives the logins back. */
  end(): Promise<void>;
}

export class Killed extends Error {
  override readonly name = "Killed" as const;
}

export type Serve = (deployment: Deployment) => {
  readonly hooks: dynamic.ResourceProvider;
  readonly connection: ArrayConnection;
};

export function startProcess(clock: VirtualClock, serve: Serve): ProviderProcess {
  const interruption = new AbortController();
  const death = new AbortController();
  const said: string[] = [];
  const warned: string[] = [];
  const deployment: Deployment = {
    clock: mortal(clock, death.signal),
    log: {
      progress: (_, text) => void said.push(text),
      note: (_, text) => void said.push(text),
      warn(_, text) {
        said.push(text);
        warned.push(text);
      },
      debug: (_, text) => void said.push(text),
      end: () => undefined,
      flush: async () => {},
    },
    interruption: interruption.signal,
    environment: {},
    config: () => undefined,
    configure() {},
    atEnd() {},
    end: async () => {},
  };
  const { hooks, connection } = serve(deployment);
  return {
    hooks,
    said,
    warned,
    get isInterrupted() {
      return interruption.signal.aborted;
    },
    get isKilled() {
      return death.signal.aborted;
    },
    interrupt: () => interruption.abort(),
    kill() {
      death.abort();
      void connection.http.close();
    },
    unlessKilled: (work) =>
      new Promise((resolve, reject) => {
        const die = () => reject(new Killed());
        if (death.signal.aborted) return die();
        death.signal.addEventListener("abort", die);
        work.then(resolve, reject).finally(() => death.signal.removeEventListener("abort", die));
      }),
    async end() {
      if (!death.signal.aborted) await connection.logout();
    },
  };
}

/** A clock whose sleepers never wake once the process is dead, and leave nothing behind. */
function mortal(clock: Clock, death: AbortSignal): Clock {
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
